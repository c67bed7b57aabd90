"""报上来的数据有什么问题：一种问题一个代码，一句话说是什么，一句话说怎么改。"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """轻重：有一个 ``error``，整份文件都不入库。"""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """表上的叫法。"""
        return {"error": "错误", "warning": "提醒", "note": "说明"}[self.value]


@dataclass(frozen=True, slots=True)
class Place:
    """问题在哪里；整个文件的问题两项都空。"""

    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or self.cell


@dataclass(frozen=True, slots=True)
class Problem:
    """一个问题：代码、轻重、位置、事项、读到的值、是什么、怎么改。

    ``also`` 是要一起看、一起改的别的格：整行要清空的是那一行填了的各格，填了两次的是另一行。
    """

    code: str
    severity: Severity
    place: Place
    message: str
    fix: str
    item: str = ""
    value: str = ""
    also: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """一种问题：轻重和两句话；话里的 ``{名}`` 由出问题处填上。

    目录里的键是代码；同一代码有几种说法、几种轻重的，键在点后加以区分（``duplicate_row.equal``）。
    """

    severity: Severity
    says: str
    fix: str


_CONFIRM = re.compile(r"请写明理由，由办公室加 --confirm \S+=理由 再收")
_COMMAND = re.compile(r"（ipm [^）]*）")
_LONGEST = 300
_LONGEST_VALUE = 2000
_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

CATALOGUE: dict[str, Kind] = {
    # 文件
    "file_damaged": Kind(_E, "文件损坏，读不完整：{why}", "请在 Excel 或 WPS 中打开原表，另存为 .xlsx 后重新报送"),
    "file_type": Kind(_E, "这不是 .xlsx 表格，而是{what}", "请用 Excel 或 WPS 打开后“另存为 .xlsx”再报送"),
    "file_type.packed": Kind(_E, "这不是 .xlsx 表格，而是{what}", "请先解压，把里面的表用 Excel 或 WPS 打开，“另存为 .xlsx”再逐份报送"),
    "file_encrypted": Kind(_E, "文件设了打开密码，读不了", "请去掉密码（文件—信息—保护工作簿），另存为 .xlsx 再报送"),
    "file_too_large": Kind(_E, "文件过大：{why}", "请只保留填报内容，删去多余的行列、图片和样式后重新报送"),
    "file_unsafe": Kind(_E, "文件里有不该出现的内容（{why}），为安全起见不读", "请在 Excel 或 WPS 中新开空表，重新填写后报送"),
    "file_busy": Kind(_E, "文件正被占用或正在改动", "请在 Excel 或 WPS 中关闭它，稍后再试"),
    "file_unreadable": Kind(_E, "文件读不出来：{why}", "请确认文件在、有权限打开，或另存一份再试"),
    "legacy_format": Kind(_N, "这是旧格式（.xls/.et）表格，已按内容读取；旧格式看不出公式是怎么写的", "下次请另存为 .xlsx"),
    # 工作表
    "sheet_missing": Kind(_E, "没有找到“{wanted}”工作表{hint}", "请使用下发的表，不要改工作表名称"),
    "sheet_ambiguous": Kind(_E, "有不止一张表像“{wanted}”：{found}", "内容一样的，只留一张；各报一个季度的，请分成几个文件，一个文件报一个季度；各有各的内容的，请并到一张表里"),
    "sheet_renamed": Kind(_N, "“{found}”按“{wanted}”读取", "无须处理"),
    "column_missing": Kind(_E, "“{sheet}”缺少“{header}”一列", "请补上这一列，或使用下发的表"),
    "column_duplicate": Kind(_E, "“{header}”一列出现了两次（{other}）", "请只保留一列"),
    "column_duplicate.alias": Kind(_E, "“{header}”（{here}）和“{rival}”（{other}）是同一列的两种写法，两列都有数，分不清报的是哪一个", "请只留要报的一列，列名写“本期值”，另一列删去"),
    "column_ambiguous": Kind(_E, "列名只写“单位”，分不清是责任单位还是计量单位", "请把列名写成“责任单位”或“计量单位”"),
    "column_alias": Kind(_N, "“{written}”列按“{header}”识别", "无须处理"),
    "layout_unknown": Kind(_E, "这张表是横排的（{why}），认不准每个数属于谁", "请改为每行一个数，或用办公室的汇总空表（ipm form --consolidated 可生成）"),
    "layout_unknown.second": Kind(_E, "第 {row} 行又是一个表头，各列与第 {first} 行的不在同样的位置；一张表只能有一个表头，另一张没有读", "请把两张表分成两个文件报，或并成一张：各列照一个表头排齐，另一行表头删去"),
    "merged_value": Kind(_E, "这个数写在合并单元格里（{area}），分不清属于哪一行", "请取消合并，一行填一个数"),
    "merged_value.text": Kind(_W, "这段文字写在合并单元格里（{area}），只算在第一行", "请取消合并，各行分别填写"),
    "hidden_value": Kind(_W, "这个数在隐藏的行、列或工作表里，已读取", "请确认是否要报"),
    "wrong_form": Kind(_E, "这是“{issued}”的表，不是“{own}”的", "请使用为“{own}”下发的表"),
    "wrong_form.settings": Kind(_E, "这是办公室设定表，不是报表", "不作报表收；要改设定的，请导入（ipm settings import 文件）"),
    "wrong_form.agency": Kind(_E, "这张表发给{issued}，报送单位却写{raw}", "请把报送单位写回{issued}；确是{raw}的数，请抄到发给{raw}的表里再报"),
    "wrong_form.other_agency": Kind(_E, "这张表发给{issued}，报送单位却写{raw}，填的也是{raw}的事项", "请把数抄到发给{raw}的表里再报"),
    "wrong_form.quarter": Kind(_E, "这是 {issued} 的表，报送期却写 {raw}", "数是 {raw} 的，请抄到 {raw} 的表里再报；数是 {issued} 的，才把报送期写回 {issued}"),
    "wrong_form.title": Kind(_E, "“{sheet}”的表名上印的是 {issued}，报送期却写 {raw}", "数是 {raw} 的，请抄到 {raw} 的表里再报；数是 {issued} 的，才把报送期写回 {issued}"),
    "wrong_form.title_agency": Kind(_E, "“{sheet}”的表名上印的是{issued}，报送单位却写{raw}", "请把报送单位写回{issued}；确是{raw}的数，请抄到发给{raw}的表里再报"),
    "form_outdated": Kind(_E, "这是旧版的表，缺少现在需要的列", "请使用新下发的表"),
    "total_row": Kind(_N, "“{label}”行不入库", "无须处理"),
    "total_mismatch": Kind(_W, "“{label}”行是 {raw}，上面各行（{cells}）相加是 {own}", "请核对是合计错了，还是漏了、错了一行"),
    "row_ignored": Kind(_W, "附注一行里的 {raw} 没有读取", "要报的数请写在有编号的那一行"),
    "row_ignored.head": Kind(_N, "第 {row} 行又写了一遍表头，各列没有变，接着往下读", "无须处理"),
    "column_ignored": Kind(_N, "“{header}”一列不在报表内，没有读取", "要报的内容请写进已有的列"),
    "column_ignored.alias": Kind(_W, "“{header}”与“{known}”（{other}）是同一列的两种写法，只读了“{known}”，这一列没有读取", "要报的数请写进“本期值”，文字请写进“说明”或“本季度进展”"),
    "sheet_ignored": Kind(_W, "“{sheet}”不是报表里的表，没有读取", "要报的内容请写进下发的表"),
    "sheet_ignored.notes": Kind(_W, "“{sheet}”里写了“{raw}”，这一页只供看，没有读取", "数请填进“本期值”，要说明的请写进那一行的“说明”"),
    "form_changed": Kind(_N, "表发出以后办公室调整过报送事项，按现在的分工读取", "无须处理"),
    # 单元格
    "normalised": Kind(_N, "“{raw}”按 {value} 读取", "无须处理"),
    "percent_format": Kind(_N, "单元格是百分比格式，按 {value} 读取", "无须处理"),
    "unit_suspect": Kind(_E, "疑为百分数：计量单位是%，应填 {likely}", "请改填 {likely}；若确是 {raw}，请写明理由，由办公室加 --confirm {item}=理由 再收"),
    "magnitude_suspect": Kind(_E, "与已知的数相差悬殊（{compared}），疑为单位不对{likely}", "请按{unit}填写；若确实无误，请写明理由，由办公室加 --confirm {item}=理由 再收"),
    "magnitude_suspect.swapped": Kind(_E, "与已知的数相差悬殊（{compared}），是否与 {other} 填颠倒（那里填的是 {theirs}），或单位不对{likely}", "填颠倒的，两处换过来；单位不对的，按{unit}填写；若确实无误，请写明理由，由办公室加 --confirm {item}=理由 再收"),
    "magnitude_suspect.small": Kind(_W, "与已知的数相差较大（{compared}）", "请核对；无误则不必改"),
    "magnitude_suspect.small_swapped": Kind(_W, "与已知的数相差较大（{compared}），是否与 {other} 填颠倒（那里填的是 {theirs}）", "填颠倒的，两处换过来；无误则不必改"),
    "magnitude_suspect.planned": Kind(_W, "比计划要求的数（{compared}）大得多", "请核对；无误则不必改"),
    "not_a_number": Kind(_E, "“{raw}”不是数字{hint}", "请只填一个数字，不带单位和文字；说明请写在“说明”列"),
    "ambiguous_blank": Kind(_E, "“{raw}”看不出是没有还是没报", "没有发生填 0，不涉及填“不适用”{instead}，未报请留空"),
    "ambiguous_blank.waiting": Kind(_E, "这里应填数字，现在是“{raw}”", "没有新数请改填“未更新”（这一项{release}发布），或留空"),
    "ambiguous_blank.waiting_quarterly": Kind(_E, "这里应填数字，现在是“{raw}”", "数还没有出来请留空，出来再报；这一项每季都应有新数，不能填“未更新”"),
    "not_updatable": Kind(_E, "这一项每季都应有新数，不能填“未更新”", "请填本期值；确实报不出请留空并在“说明”里写明"),
    "reason_missing": Kind(_E, "填了“{state}”但没有写说明", "请在“说明”列写一句理由"),
    "reason_missing.wordless": Kind(_E, "填了“{state}”，说明里的“{raw}”不是理由", "请在“说明”列写一句理由"),
    "cell_error": Kind(_E, "单元格是错误值 {raw}", "请改正公式，或直接填数字"),
    "formula_result": Kind(_N, "这是公式，按算好的结果 {value} 读取", "无须处理"),
    "formula_external": Kind(_W, "公式引用了别的文件或会自己变化，按保存时的结果 {value} 读取", "请核对，最好直接填数字"),
    "formula_not_calculated": Kind(_E, "公式还没有算出结果", "请在 Excel 或 WPS 中打开并保存，或直接填数字"),
    "formula_not_calculated.blank": Kind(_W, "这是公式，结果是空的：可能没有数，也可能还没有算过", "有数的请直接填数字"),
    "formula_not_calculated.zero": Kind(_E, "这是公式，存下的结果是 0，而文件注明打开时要重新计算：0 可能只是还没有算过", "请在 Excel 或 WPS 中打开、算好后直接填数字；确是 0 的，填 0"),
    "formula_result.stale": Kind(_W, "这是公式，存下的结果是 {value}，而文件注明打开时要重新计算，可能不是最新的", "请核对；最好直接填数字"),
    "wrong_type": Kind(_E, "这里应填数字，现在是真假值 {raw}", "请改填数字"),
    "wrong_type.date": Kind(_E, "这里应填数字，现在是日期或时间（{shown}）", "请先把这一格的格式改为“常规”，再填数字"),
    "wrong_type.percent": Kind(_E, "这一格是百分比格式（看见的是 {likely}%），而这一项按{unit}计", "请先把这一格的格式改为“常规”，再填 {likely}"),
    "looks_like_date": Kind(_W, "{raw} 像是日期变成的数", "请核对"),
    "looks_like_date.written": Kind(_W, "{raw} 像是年份或日期，不像这一项的数", "请核对；是时点的请写在“数据时点”，本期值填数"),
    "not_an_integer": Kind(_E, "这一项按{unit}计，应是整数，现在是 {raw}", "请填整数"),
    "negative": Kind(_E, "这一项不会是负数，现在是 {raw}", "请核对后改正"),
    "out_of_range": Kind(_E, "{raw} 超出可能的范围（最大 {maximum}）", "请核对后改正"),
    "text_too_long": Kind(_E, "文字有 {length} 个字，超过 2000 字", "请删减到 2000 字以内，详细材料另附"),
    "control_character": Kind(_E, "文字里有看不见的控制字符（{code}）", "请删去后重新输入这一段"),
    "choice_unknown": Kind(_E, "“{raw}”不在可选项内", "请从下拉框选择：{choices}"),
    "date_invalid": Kind(_E, "{why}", "请按 2023-06-30、2023年6月 或 2023Q2 填写"),
    "data_at_kept": Kind(_W, "没有写数据时点，照在案的“{kept}”算", "是新的数，请写明数据时点"),
    "data_at_earlier": Kind(_W, "数据时点 {written} 不在 {year} 年：这一项按年累计，这个数算 {theirs} 年的，{year} 年仍没有数", "是 {year} 年的数，请改数据时点；是 {theirs} 年的数，请用 {theirs} 年的表补报"),
    "data_at_earlier.base": Kind(_W, "数据时点 {written} 还在基期（{base} 年）：这个数不算 {quarter} 的进展", "请核对年份"),
    "date_invalid.before": Kind(_E, "数据时点 {written} 早于基期（{base} 年）", "请核对年份"),
    "data_at_later": Kind(_W, "数据时点 {written} 晚于报送期 {quarter}，按 {quarter} 计", "请核对数据时点"),
    "completed_later": Kind(_W, "完成日期 {raw} 晚于报送期 {quarter}", "请核对；还没有完成的，不填完成日期"),
    "completed_early": Kind(_W, "完成日期 {raw} 早于计划期的第一年（{year} 年）", "请核对完成日期"),
    # 业务
    "duplicate_row": Kind(_E, "{item} 填了两次，两处不同（另一处 {other}）", "请只留一处，另一行填的全部清空"),
    "duplicate_row.equal": Kind(_W, "{item} 填了两次，内容相同（另一处 {other}）", "请只留一处，另一行填的全部清空"),
    "duplicate_row.info": Kind(_E, "“{header}”写了两处，内容不同（另一处 {other} 写的是“{theirs}”）", "请只留一处"),
    "agency_unknown": Kind(_E, "“{raw}”不是本措施的责任单位{hint}", "请写责任单位在文件中的名称"),
    "agency_unknown.blank": Kind(_E, "没有写是哪个单位", "请写责任单位在文件中的名称；一个单位占几行的，每行都要写，或合并单元格"),
    "agency_unknown.total": Kind(_E, "“{raw}”不是本措施的责任单位，上面也没有它合计的各行", "合计不入库；请一个单位一行，分别填报"),
    "agency_renamed": Kind(_N, "“{raw}”已更名为“{name}”，按同一单位记", "无须处理"),
    "not_owed": Kind(_E, "{item} 不由{agency}报送，{owner}", "请把这一行填的全部清空；如分工有变，请办公室先改设定"),
    "item_unknown": Kind(_E, "没有编号或名称为“{raw}”的事项{hint}", "请写回下发的表上的编号和名称；多出来的行，请把填的全部清空"),
    "item_unknown.blank": Kind(_E, "这一行填了内容，却没有编号和名称", "请写上编号和名称；多出来的行，请把填的全部清空"),
    "item_unknown.part": Kind(_E, "“{raw}”不是下发的表上的一行", "请删去这一行（或把填的全部清空），其中数写在所属那一项的“说明”里"),
    "item_unknown.measure": Kind(_W, "对应措施“{raw}”不是计划里的措施", "请写措施的编号，如 M07"),
    "item_mismatch": Kind(_E, "编号 {item} 是“{expected}”，表上名称是“{raw}”", "请核对这个数究竟属于哪一项"),
    "quarter_invalid": Kind(_E, "报送期“{raw}”认不出", "请写成 2023Q2 或 2023年第二季度"),
    "quarter_invalid.blank": Kind(_E, "没有写报送期", "请写成 2023Q2 或 2023年第二季度"),
    "quarter_future": Kind(_E, "{quarter} 还没有开始", "请核对报送期"),
    "quarter_early": Kind(_W, "{quarter} 早于应报送的第一个季度 {first}", "若是补报历史数据，请把报送方式选为“补录”"),
    "unit_mismatch": Kind(_E, "{item} 现在按“{unit}”计，表上是“{raw}”", "请使用新下发的表，按“{unit}”填报"),
    "no_figure": Kind(_E, "{item} 不是报数的事项，却填了数", "数字请填在对应的指标或量化任务那一行{hint}"),
    "cell_ignored": Kind(_W, "{item} 这一行不用填“{header}”，没有读取", "请写到“本季度进展”或“说明”里"),
    "cell_ignored.printed": Kind(_W, "“{header}”一格写着 {raw}，{known}；这一列印好只供对照，没有读取", "是本期的数请填在“本期值”；要更正以前的数，请用那个季度的表报更正"),
    "cell_ignored.planned": Kind(_W, "“{header}”一格写着 {raw}，{known}；这一列印好只供对照，没有读取", "是本期的数请填在“本期值”；计划的数不从报表改，有疑问请与办公室联系"),
    "cell_ignored.merged": Kind(_W, "“{header}”一格写着 {raw}，它与“本期值”合并了，没有读取", "请取消合并；是本期的数请填在“本期值”"),
    "case_untitled": Kind(_E, "案例没有写标题", "请补上标题"),
    "missing": Kind(_W, "没有填{what}", "请补报；没有新数请填“未更新”（限按批次、按年的项目）"),
    "missing.row": Kind(_W, "表上没有这一行，没有填{what}", "请用下发的表补报；没有新数请填“未更新”（限按批次、按年的项目）"),
    "empty_return": Kind(_E, "表里什么也没有填", "请填写各表后再报；本季确无进展的，报送方式请选“零报告”"),
    "manner_differs": Kind(_W, "{agency}的报送方式写了两种：这里是“{raw}”，另一处（{other}）是“{theirs}”，按“{theirs}”记", "请改成一致的"),
    "zero_with_figures": Kind(_W, "报送方式是零报告，但填了 {count} 处内容", "请核对报送方式"),
    "zero_with_figures.recorded": Kind(_W, "本季度已报过内容，零报告不会把它们撤回", "请核对；要撤回的请在原来的格里填“撤回”"),
    "total_fell": Kind(_E, "累计数从 {last}（{when}）降到 {value}", "请核对；若是更正，请在“说明”列写明原因"),
    "total_fell.explained": Kind(_W, "累计数从 {last}（{when}）降到 {value}，说明里写了原因", "作为更正收下，不必再改"),
    "missing.year": Kind(_W, "没有写是哪一年的数，按报送期算", "请在“数据时点”写明年份，如 2022"),
    "missing.year_kept": Kind(_W, "没有写是哪一年的数，照在案的“{kept}”算", "是新一年的数，请在“数据时点”写明年份"),
    "year_twice": Kind(_W, "{year} 年的数有两个：这里 {raw}，{when} 报的是 {theirs}（{where}）；以后算 {counts} 报的", "请核对哪个对，把错的更正成一样的"),
    "name_differs": Kind(_W, "文件名写的是 {raw}，表里的报送期是 {own}", "数是 {raw} 的，请抄到 {raw} 的表里另报；已入库的，请办公室退回（ipm send-back 回执 --why 理由）"),
    "name_differs.agency": Kind(_W, "文件名写的是{raw}，表里的报送单位是{own}", "数是{raw}的，请抄到发给{raw}的表里另报；已入库的，请办公室退回（ipm send-back 回执 --why 理由）"),
    "many_changed": Kind(_W, "改动了 {quarter} 在案 {total} 个数里的 {raw} 个", "请核对；若是拿 {quarter} 的旧表填了别的季度的数，请抄到那个季度的表里另报，并请办公室退回这一张（ipm send-back 回执 --why 理由）、把 {quarter} 原来的表再收一次"),
    "received_early": Kind(_W, "收到日期 {raw} 早于 {quarter} 的第一天", "请办公室核对收到日期和表里的报送期"),
    "jump": Kind(_W, "比上一次变动了 {step}，是以往变动的五倍以上", "请核对；无误则不必改"),
    "namesake": Kind(_W, "{raw} 很像“{name}”的数（{known}）", "请核对口径，这一项报的是“{own}”"),
    "reason_missing.lagging": Kind(_W, "低于序时进度，但没有写滞后原因", "请补写滞后原因和下一步措施"),
    "evidence_missing": Kind(_W, "填了已完成，但没有写佐证材料", "请写文号、批复名称或网址"),
    "empty_phrase": Kind(_W, "“{raw}”没有说明做了什么", "请写本季度做了哪些事、有什么结果"),
    "copied_text": Kind(_W, "与上季度写的几乎一样", "请写本季度的新进展；确无新进展的请写明"),
    "text_figure_differs": Kind(_W, "文字里写 {item} 是 {raw}，表上的数是 {own}", "请核对后改成一致的"),
    "figures_differ": Kind(_W, "与 {other}（{theirs}）同源却不相等（{raw}）", "请核对；口径不同的请在“说明”列写明"),
    "total_fell.later": Kind(_W, "已在案的 {when} 是 {next}，比它小", "请核对；以后的季度如也要改，请一并更正"),
    "total_fell.gone": Kind(_W, "本年报过 {value}（{when}），现在填不适用，合计里就没有它了", "请核对；本年有过数的，请报本年累计"),
    "received_before": Kind(_W, "这份文件收过（回执 {receipt}），其后有更正；现在照它改回去了", "请核对；改回去不对的，请再报一次更正"),
    "received_before.kept": Kind(_W, "这份文件收过（回执 {receipt}），其后有更正，没有改回去", "确要照它改回去的，请单独收这一份"),
    "same_as_sent_back": Kind(_E, "这份文件（回执 {receipt}）{day} 已退回，理由：{why}", "请改正后再报；退错了、确要照它收的，请在 Excel 或 WPS 中另存一份再收"),
    "same_as_sent_back.figure": Kind(_W, "与退回的数相同（回执 {receipt}，{day} 退回，理由：{why}）", "请核对是否已改正"),
    "quarter_locked": Kind(_E, "{quarter} 已由 {who} 于 {day} 锁定，理由：{why}", "确要更正的，请办公室先给这个季度解锁（ipm unlock {quarter} --why 理由）"),
    "quarter_locked.partly": Kind(_E, "{quarter} 已由 {who} 于 {day} 锁定，理由：{why}", "这一次不改 {quarter} 的，请把它各行填的清空或删去，别的季度照收；确要更正的，请办公室先给这个季度解锁（ipm unlock {quarter} --why 理由）"),
    "conflict_in_batch": Kind(_E, "同一批里 {item} 给了不同的数：这里是 {raw}，{other}", "请确认哪个数对，只报一份"),
    "conflict_in_batch.refused": Kind(_W, "同一批里 {item} 给了不同的数：这里是 {raw}，{other}；有一份另有错误、不收，没有算相争", "请确认哪个数对"),
    "conflict_in_batch.text": Kind(_E, "同一批里 {whose} 的“{header}”给了不同的内容：这里是{own}，{other}", "请确认以哪个为准，只报一份；几个科室都有内容的，合成一段再报"),
    "conflict_in_batch.text_refused": Kind(_W, "同一批里 {whose} 的“{header}”给了不同的内容：这里是{own}，{other}；有一份另有错误、不收，没有算相争", "请确认以哪个为准"),
    "same_values": Kind(_N, "内容与已入库的完全相同（{receipt}）", "无须处理"),
}  # fmt: skip


def problem(
    kind_of: str,
    place: Place,
    /,
    *,
    item: str = "",
    value: object = "",
    also: Iterable[Place] = (),
    **words: Any,  # noqa: ANN401 - 填进句子的词，什么类型都写得出来
) -> Problem:
    """按目录里的键造一个问题；``words`` 填进那两句话。"""
    code = kind_of.partition(".")[0]
    found = told(CATALOGUE[kind_of], code, place, item=item, value=value, **words)
    others = tuple(one for one in also if one != place)
    return replace(found, also=others) if others else found


def told(
    kind: Kind,
    code: str,
    place: Place,
    /,
    *,
    item: str = "",
    value: object = "",
    **words: Any,  # noqa: ANN401 - 同上
) -> Problem:
    """照一种问题的两句话造一个问题；``words`` 填进去。"""
    given = {"item": item, "raw": value, "value": value, **words}
    said = {name: _visible(str(word)) for name, word in given.items()}
    return Problem(
        code,
        kind.severity,
        place,
        kind.says.format(**said),
        kind.fix.format(**said),
        item,
        _cut(str(value), _LONGEST_VALUE),
    )


def sentence(text: str) -> str:
    """句末没有标点的补句号。"""
    return text if text.endswith(("？", "。", "！")) else f"{text}。"


def for_agency(fix: str) -> str:
    """怎么改，说给填表的单位：没有 ipm 命令，写明理由由办公室去确认。"""
    return _COMMAND.sub("", _CONFIRM.sub("请在“说明”列写明理由，由办公室确认", fix))


def _visible(text: str) -> str:
    """句子里引用的字：看不见的字符换成 □，不扰乱终端；太长的截短。"""
    plain = " ".join(_cut(text, _LONGEST).splitlines()).translate({9: " ", 0xA0: " ", 0x3000: " "})
    return "".join(char if char.isprintable() else "□" for char in plain)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest] + "…"


def refused(problems: tuple[Problem, ...]) -> bool:
    """有没有“错误”：有一个，整份文件都不入库。"""
    return any(p.severity is Severity.ERROR for p in problems)
