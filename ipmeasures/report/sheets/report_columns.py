"""报告工作簿各表的列：表头和列宽。"""

from ipmeasures.report.sheets.tables import Column

_ID = Column("编号", 8, centred=True)
_UNIT = Column("计量单位", 8, centred=True)
_AT = Column("数据时点", 14, centred=True)
_STATE, _LIGHT = Column("状态", 14, centred=True), Column("灯", 6, centred=True)
_JUDGED = (
    Column("同比", 13),
    Column("目标完成率", 10),
    Column("增量完成率", 13),
    Column("序时", 9),
    Column("偏差（百分点）", 10),
    _STATE,
    _LIGHT,
)
# “备注”以后的几列只在屏幕上看，不打印
_MORE = (
    Column("备注", 22),
    Column("预测", 30),
    Column("上年同期", 11),
    Column("序时应达", 11),
    Column("填报单位", 18),
    Column("情况", 60),
)
INDICATORS = (
    Column("序号", 6, centred=True), _ID, Column("指标", 30), Column("属性", 9, centred=True),
    _UNIT, Column("基期", 9),
    Column("目标", 9), _AT, Column("本期", 11), Column("累计", 11), *_JUDGED, *_MORE,
)  # fmt: skip
COMMITMENTS = (
    Column("序号", 6, centred=True), _ID, Column("任务", 26), Column("所属措施", 24), _UNIT,
    Column("要求", 14, centred=True), _AT, Column("本期", 11), Column("累计", 11), Column("同比", 13),
    Column("完成率", 13), Column("序时", 9), Column("偏差（百分点）", 10), _STATE, _LIGHT, *_MORE,
)  # fmt: skip
LAGGING = (
    _ID, Column("类别", 10, centred=True), Column("事项", 28), _UNIT, _STATE, _LIGHT,
    Column("本期", 11), Column("序时应达", 11), Column("目标", 10), Column("偏差（百分点）", 10),
    Column("单位", 20), Column("滞后原因", 36), Column("下一步措施", 36), Column("备注", 18),
    Column("预测", 26),
)  # fmt: skip
MILESTONES = (
    _ID, Column("所属措施", 24), Column("事项", 40), Column("类别", 8, centred=True),
    Column("时限", 18, centred=True), Column("填报单位", 26), _STATE, _LIGHT,
    Column("完成日期", 14, centred=True), Column("佐证材料", 40),
)  # fmt: skip
MEASURES = (
    Column("部分", 16), Column("措施", 24), _STATE, _LIGHT, Column("责任单位", 16),
    Column("进展状态", 11, centred=True), Column("本季度进展", 60), Column("存在问题", 34),
    Column("滞后原因", 34), Column("下一步措施", 40),
)  # fmt: skip
RETURNS = (
    Column("单位", 20), Column("情况", 10, centred=True), Column("报送方式", 11, centred=True),
    Column("迟报", 8, centred=True), Column("收到日期", 13, centred=True),
    Column("回执", 15, centred=True), Column("第几次", 8), Column("文件", 34),
    Column("SHA-256", 36), Column("入库时间（北京时间）", 21, centred=True), Column("经办", 10, centred=True),
    Column("填报人", 10, centred=True),
)  # fmt: skip
_PLACE = (
    Column("回执", 15, centred=True), Column("第几次", 8), Column("文件", 34),
    Column("SHA-256", 36), Column("工作表", 14, centred=True), Column("单元格", 9, centred=True),
    Column("原样", 14), Column("收到日期", 13, centred=True),
    Column("入库时间（北京时间）", 21, centred=True), Column("经办", 10, centred=True),
    Column("填报人", 10, centred=True),
)  # fmt: skip
CORRECTIONS = (
    Column("已印发的报告", 40), _ID, Column("事项", 28), _UNIT, Column("原", 16, centred=True),
    Column("现", 16, centred=True), Column("更正原因", 50), Column("填报单位", 22),
)  # fmt: skip
SOURCES = (
    _ID, Column("事项", 28), _UNIT, Column("报送期", 10, centred=True), Column("报送单位", 18),
    Column("数", 11), Column("说明", 9, centred=True), Column("数据时点", 12, centred=True),
    Column("用于", 18, centred=True), *_PLACE,
)  # fmt: skip
TEXTS = (
    _ID, Column("事项", 28), Column("报送期", 10, centred=True), Column("报送单位", 18),
    Column("栏目", 12, centred=True), Column("文字", 60), Column("回执", 15, centred=True),
    Column("文件", 34), Column("工作表", 14, centred=True), Column("单元格", 9, centred=True),
    Column("原样", 14),
)  # fmt: skip
