"""报告写成工作簿：表是真的表、数是真的数、图是表格软件自己的图，每个数都列出来源。"""

from collections.abc import Iterable, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from ipmeasures.forms.write import saved
from ipmeasures.plan.model import Commitment, FigureItem
from ipmeasures.progress.goal import source_of
from ipmeasures.report.courses import Course, course
from ipmeasures.report.items import counted
from ipmeasures.report.lights import LAMPS
from ipmeasures.report.material import Material
from ipmeasures.report.sheets import report_columns as layouts
from ipmeasures.report.sheets import report_rows as rows
from ipmeasures.report.sheets.cells import count, figure, typed
from ipmeasures.report.sheets.report_charts import course_chart, progress_chart
from ipmeasures.report.sheets.tables import (
    Book,
    Column,
    Row,
    Spread,
    Value,
    bars,
    light_up,
    link,
    redden,
)
from ipmeasures.report.tally import KINDS, tallies
from ipmeasures.report.view import ReportView

_SOURCES = "数据来源"
_ELSEWHERE = "文中说的第几部分、附件几，是 Word 报告的。"
_LINE = 0.53  # 默认行高，厘米
_CHART_ROWS = 17  # 一张走势图占几行
# 进度图用的三列：名称、完成率、序时
_CHARTED = {"主要指标": ("指标", "增量完成率", "序时"), "量化任务": ("任务", "完成率", "序时")}


def report_xlsx(material: Material, shown: ReportView) -> bytes:
    """``shown`` 这份报告的工作簿；同样的材料逐字节相同。"""
    made = _Workbook(material, shown)
    made.overview()
    made.figures()
    made.words()
    made.charts()
    made.scope()
    made.sources()
    return saved(made.book.book, "".join(shown.title), material.quarter)


class _Workbook:
    """一份报告的工作簿；各表的次序就是写的次序。"""

    def __init__(self, material: Material, shown: ReportView) -> None:
        self.material, self.shown, self.book = material, shown, Book()
        self.when = material.quarter.label
        self.judged: dict[str, Spread] = {}

    def overview(self) -> None:
        """总体情况：各段话、亮灯情况、报送和下一步。"""
        shown, book = self.shown, self.book
        sheet = book.sheet("总体情况", "".join(shown.title), f"{shown.made}{_ELSEWHERE}")
        columns = (Column("灯", 12, centred=True), *(Column(k, 13) for k in KINDS.values()))
        columns = (*columns, Column("状态", 60))
        for number, column in enumerate(columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = column.width
        width = len(columns)
        row = book.paragraphs(sheet, 4, width, "一、总体情况", (shown.opening, *shown.overview))
        told: list[Row] = [
            (LAMPS[t.light].word, *(count(n) for n in t.counts), t.words)
            for t in tallies(self.material.gaps.items)
        ]
        spread = book.table(sheet, "亮灯情况表", columns, told, row)
        light_up(spread, "灯")
        row = book.paragraphs(sheet, spread.last + 2, width, "", shown.indicators.notes)
        row = book.paragraphs(sheet, row + 1, width, "六、报送情况", shown.returned)
        book.paragraphs(sheet, row + 1, width, "八、下一步工作", shown.next_steps)
        sheet.freeze_panes = "A3"

    def figures(self) -> None:
        """主要指标、量化任务（公文没有的不出）和未达序时事项。"""
        material, shown, book = self.material, self.shown, self.book
        self._judge(
            "主要指标", material.plan.indicators, layouts.INDICATORS,
            rows.indicator_rows(material, shown), shown.indicators.notes,
        )  # fmt: skip
        self._judge(
            "量化任务", material.plan.commitments, layouts.COMMITMENTS,
            rows.commitment_rows(material, shown), shown.commitments.notes,
        )  # fmt: skip
        lagging = book.alone(
            "未达序时事项", f"未达序时事项、原因和下一步措施（{self.when}）", shown.lagging_lead,
            layouts.LAGGING, rows.lagging_rows(material), fixed=3,
        )  # fmt: skip
        light_up(lagging, "状态")
        redden(lagging, "偏差（百分点）")

    def _judge(
        self,
        name: str,
        items: Sequence[FigureItem],
        columns: Sequence[Column],
        told: Iterable[Row],
        notes: Iterable[str],
    ) -> None:
        """一张有判断的表：灯、负的偏差、完成率的数据条；打印到“备注”为止，下面是规则和图例。"""
        if not items:
            return
        lead = counted(self.material, items, f"项{name}")
        title = f"{name}进展（{self.when}）"
        spread = self.book.alone(name, title, lead, columns, told, fixed=3)
        light_up(spread, "状态")
        redden(spread, "偏差（百分点）")
        bars(spread, _CHARTED[name][1])
        width = spread.place("备注")
        end = self.book.paragraphs(spread.sheet, spread.last + 2, width, "", notes)
        spread.sheet.print_area = f"A1:{spread.letter('备注')}{end}"
        self.judged[name] = spread

    def words(self) -> None:
        """里程碑、措施进展、报送情况、典型案例，年度报告的分年度情况；没有的不出。"""
        material, shown, book = self.material, self.shown, self.book
        if shown.milestones:
            stones = book.alone(
                "里程碑", f"里程碑事项（{self.when}）", "办公室定的时限注明“办公室设定”。",
                layouts.MILESTONES, rows.milestone_rows(material, shown), fixed=3,
            )  # fmt: skip
            light_up(stones, "状态")
        measures = book.alone(
            "措施进展", f"措施进展台账（{self.when}）", "文字照各单位所报；灯按各单位填的进展状态判。",
            layouts.MEASURES, rows.measure_rows(material, shown), fixed=2,
        )  # fmt: skip
        light_up(measures, "状态")
        book.alone(
            "报送情况", f"报送情况（{self.when}）", "一张回执一行；没有报的单位也列一行。",
            layouts.RETURNS, rows.return_rows(material), fixed=1,
        )  # fmt: skip
        if shown.cases:
            columns = (Column("案例", 40), Column("内容", 110))
            cases = [(case.heading, "\n".join(case.paragraphs)) for case in shown.cases]
            note = "标明可公开的典型案例。"
            book.alone("典型案例", f"典型案例（{self.when}）", note, columns, cases, fixed=1)
        self._years()

    def _years(self) -> None:
        years = self.shown.commitments.years
        if years is None:
            return
        columns = [Column("事项", 36), Column("单位", 8, centred=True)]
        columns += [Column(head, 14) for head in years.heads]
        told = [(row.name, row.unit, *map(typed, row.years)) for row in years.rows]
        spread = self.book.alone(
            "分年度情况", f"分年度情况（{self.when}）", "", columns, told, fixed=2
        )
        told_after = (*years.notes, *years.verdicts)
        self.book.paragraphs(spread.sheet, spread.last + 2, len(columns), "", told_after)

    def charts(self) -> None:
        """图，和图所照的分季走势；没有数字的事项就没有图。"""
        material = self.material
        ways = {item.id: course(material, item) for item in material.plan.figure_items}
        if not ways:
            return
        sheet = self.book.sheet("图表", f"进度和走势（{self.when}）", "图照本工作簿各表的数画。")
        spread = self._ways(list(ways.values()))
        made = [
            progress_chart(f"{name}：完成率与序时", judged, _CHARTED[name])
            for name, judged in self.judged.items()
        ]
        for number, one in enumerate(made):
            sheet.add_chart(one, f"{'AK'[number]}4")
        row = 6 + int(max(one.height for one in made) / _LINE)
        for number, way in enumerate(_lagging(material, ways)):
            heads = ("季度", _due(way), _told(way))
            one_way = course_chart(
                f"{way.item} {way.name}（{way.unit}）", spread, heads, joined=not way.yearly
            )
            if number % 4 == 0:  # 一页四张，图不拦腰断开
                sheet.row_breaks.append(Break(row - 1))
            sheet.add_chart(one_way, f"{'AK'[number % 2]}{row}")
            row += _CHART_ROWS * (number % 2)

    def _ways(self, ways: Sequence[Course]) -> Spread:
        """分季走势：一季一行，每个事项应达、实际各一列。"""
        material, book = self.material, self.book
        now = material.quarter
        first = min((w.first for w in ways), default=now)
        last = max((w.last for w in ways), default=now)
        note = f"实际是判断所用的数；{first} 是公文的基期值。"
        sheet = book.sheet("分季走势", "分季走势：序时应达和实际", note)
        columns = [Column("季度", 10, centred=True)]
        for number, way in enumerate(ways):
            columns += [Column(_due(way), 12), Column(_told(way), 12)]
            place = 2 * number + 2
            sheet.merge_cells(start_row=3, start_column=place, end_row=3, end_column=place + 1)
            book.head(sheet.cell(3, place), f"{way.name}（{way.unit}）")
        for number, column in enumerate(columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = column.width
        cells = [
            (_spots(material, way, due=True), _spots(material, way, due=False)) for way in ways
        ]
        quarters = [first + step for step in range(last - first + 1)]
        told = [(str(q), *(one.get(str(q)) for pair in cells for one in pair)) for q in quarters]
        spread = book.table(sheet, "分季走势表", columns, told, 4)
        sheet.row_dimensions[3].height = 46
        sheet.freeze_panes = "B5"
        sheet.print_title_cols = "A:A"
        return spread

    def scope(self) -> None:
        """口径说明。"""
        scope, book = self.shown.scope, self.book
        sheet = book.sheet("口径说明", "口径说明", self.shown.made)
        columns = (
            Column("编号", 8, centred=True), Column("事项", 30), Column("单位", 8, centred=True),
            Column("数的性质", 18), Column("序时路径", 12), Column("发布", 9), Column("填报单位", 22),
            Column("容许误差", 11), Column("填报口径", 52),
        )  # fmt: skip
        for number, column in enumerate(columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = column.width
        width = len(columns)
        row = book.paragraphs(sheet, 4, width, scope.settings.heading, scope.settings.paragraphs)
        row = book.paragraphs(sheet, row + 1, width, scope.rows_heading, ())
        told = [
            (r.id, r.name, r.unit, r.nature, r.path, r.release, r.reporters, r.tolerance, r.prompt)
            for r in scope.rows
        ]
        row = book.table(sheet, "口径表", columns, told, row).last + 2
        for part in scope.others:
            row = book.paragraphs(sheet, row, width, part.heading, part.paragraphs) + 1
        if self.shown.corrections:
            fixed = rows.correction_rows(self.shown)
            note = "已印发的报告里，后来更正了的数。"
            book.alone("数据更正", "数据更正说明", note, layouts.CORRECTIONS, fixed, fixed=3)

    def sources(self) -> None:
        """数据来源、文字来源；指标和任务的编号指到自己的来源。"""
        material, document = self.material, self.material.plan.document
        note = (
            "每个数出自哪份回执、哪个文件、哪一格；"
            f"基期、目标和要求出自《{document.title}》（{document.number}）。"
        )
        told = list(rows.source_rows(material))
        spread = self.book.alone(
            _SOURCES, f"数据来源（截至{self.when}）", note, layouts.SOURCES, told, fixed=2
        )
        first = {row[0]: spread.first + n for n, row in reversed(list(enumerate(told)))}
        for judged in self.judged.values():
            for row in range(judged.first, judged.last + 1):
                number = str(judged.sheet.cell(row, judged.place("编号")).value)
                if number not in material.plan.items:
                    continue  # 没有内容的表留着一行空的
                item = material.plan.items[number]
                source = source_of(material.plan, item) if isinstance(item, Commitment) else item
                if source.id in first:
                    link(judged, row, "编号", _SOURCES, first[source.id])
        texts = list(rows.text_rows(material))
        if texts:
            title = f"文字来源（{self.when}）"
            note = "本季度各单位所报的文字，一格一行；文件的摘要、收到和入库的时间，按回执看“报送情况”。"
            self.book.alone("文字来源", title, note, layouts.TEXTS, texts, fixed=2)


def _lagging(material: Material, ways: dict[str, Course]) -> list[Course]:
    """要画走势的：未达序时而有数的；与指标同一个数的任务，指标画了就不重画。"""
    lagging = [gap.id for gap in material.gaps.lagging if gap.id in ways]
    twins = {c.id: c.same_as for c in material.plan.commitments}
    return [ways[i] for i in lagging if ways[i].actual and twins.get(i) not in lagging]


def _due(way: Course) -> str:
    return f"{way.item} 应达"


def _told(way: Course) -> str:
    return f"{way.item} 实际"


def _spots(material: Material, way: Course, *, due: bool) -> dict[str, Value]:
    item = next(i for i in material.plan.figure_items if i.id == way.item)
    spots = way.planned if due else (*filter(None, (way.start,)), *way.actual)
    return {str(spot.quarter): figure(item, spot.value) for spot in spots}
