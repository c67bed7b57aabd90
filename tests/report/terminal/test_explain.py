"""判定的解释：印着的算式照着算就是印着的数，也就是判断所用的数。"""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import FigureItem, Plan
from ipmeasures.progress.gaps import Gap, find_gaps
from ipmeasures.quarter import Quarter
from ipmeasures.report.numbers import index, points, share
from ipmeasures.report.terminal.explain import explain_text
from ipmeasures.report.terminal.layout import width
from ipmeasures.returns.line import State
from tests.progress.books import A, B, milestone, word_plan, wrote
from tests.progress.plans import AGENCY, amended, commitment, entry, how, indicator, plan, q
from tests.report.arithmetic import right, sums
from tests.report.quarters import QUARTER, varied, varied_book, varied_plan

TODAY = dt.date(2023, 7, 15)


def explained(own: Plan, at: str, *entries: Entry, item: str = "") -> tuple[Gap, str]:
    gaps = find_gaps(own, entries, (), q(at), TODAY)
    gap = next(g for g in gaps.items if not item or g.id == item)
    return gap, explain_text(own, gap, entries, q(at))


def told(item: FigureItem, at: str, *said: str) -> str:
    """``said`` 写作“季度 数”或“季度 数 @时点”。"""
    parts = [line.split() for line in said]
    entries = [
        entry(item.id, quarter, value, number=n, at=rest[0].removeprefix("@") if rest else None)
        for n, (quarter, value, *rest) in enumerate(parts, 1)
    ]
    gap, text = explained(plan(item), at, *entries)
    check(gap, text)
    return text


def check(gap: Gap, text: str) -> None:
    """式子都算得对，结果就是判断所用的数；每行不超过 80 列。"""
    found = gap.assessment
    for name, sum_, computed, shown in sums(text):
        assert right(computed, shown), (name, sum_, computed, shown)
    assert max(map(width, text.split("\n"))) <= 80
    shown_text = text.replace("\n", "").replace(" ", "")
    for value in (share(found.done_share, 2), share(found.planned_share, 2)):
        assert not value or f"＝{value}" in shown_text
    for value in (points(found.gap_points, 2), index(found.schedule_index)):
        assert not value or f"＝{value}" in shown_text
    assert f"状态：{found.status_text}（" in text


def test_a_level_on_a_straight_path() -> None:
    """期末数：序时应达、增量完成率、偏差、指数、每季还需，逐项代入数字。"""
    text = told(indicator("4.99", "10.02"), "2023Q2", "2023Q2 7.20")
    for line in (
        "要求：基期 4.99件（2020年底），目标 10.02件（2025年底）",
        "用来比的数 x＝7.20件",
        "序时应达＝4.99+(10.02-4.99)×10/20＝7.505件",
        "增量完成率＝(7.20-4.99)/(10.02-4.99)＝43.94%",
        "序时＝(7.505-4.99)/(10.02-4.99)＝50.00%",
        "偏差＝100×(7.20-7.505)/(10.02-4.99)＝-6.06 个百分点",
        "指数＝(7.20-4.99)/(7.505-4.99)＝0.879",
        "目标完成率＝7.20/10.02＝71.86%（只作参考，不定灯）",
        "余下每季还需＝(10.02-7.20)/10＝0.282件",
        "依据：没有到达序时的界线，也没有低到差距较大的界线",
        "状态：未达序时（黄）",
    ):
        assert line in text.split("\n")


def test_a_whole_number_is_rounded_before_it_is_compared() -> None:
    """整数项：序时应达先向基期取整，份额照取整后的算，两个数都写出来。"""
    text = told(indicator(10, 18, how(decimals=0)), "2021Q2", "2021Q2 10")
    assert "序时应达＝10+(18-10)×2/20＝10.8件，整数项向基期取整为 10件" in text
    assert "序时＝(10-10)/(18-10)＝0.00%" in text
    assert "指数不限（此时尚无应达）" in text


def test_accumulated_adds_the_years_to_the_baseline() -> None:
    """本年累计、工具累加：基期加各年的数，逐年列出；以最新的报数为准。"""
    text = told(
        indicator(33, 85, how("accumulated")),
        "2023Q2",
        "2021Q3 5", "2021Q4 9.8", "2022Q4 11.6", "2023Q1 2.1", "2023Q2 5.4",
    )  # fmt: skip
    assert "各年的数：2021年 9.80件、2022年 11.60件、2023年 5.40件" in text
    assert "用来比的数 x（基期加各年）＝33.00+9.80+11.60+5.40＝59.80件" in text


def test_a_missing_year_is_said_and_nothing_is_judged() -> None:
    """缺一年的数：说明至少如此，不写份额，也不写还需。"""
    text = told(indicator(33, 85, how("accumulated")), "2023Q2", "2021Q4 9.8", "2023Q2 5.4")
    assert "说明：缺2022年全年数，累计至少如此" in text
    assert "增量完成率＝" not in text
    assert "还需" not in text


def test_a_yearly_commitment() -> None:
    """每年的：A·q/4，份额是本年要求的份额；还需说明是本年余下每季。"""
    text = told(commitment(500), "2023Q2", "2023Q2 263")
    assert "序时应达＝500×2/4＝250件" in text
    assert "增量完成率（即年度完成率）＝263/500＝52.60%" in text
    assert "本年余下每季还需＝(500-263)/2＝118.50件" in text
    small = told(commitment(6), "2023Q3", "2023Q3 3")
    assert "序时应达＝6×3/4＝4.5件，整数项向下取整为 4件" in small
    assert "偏差＝100×(3-4)/6＝-16.67 个百分点" in small


def test_a_year_to_date_indicator_has_its_own_demand_each_year() -> None:
    """本年累计的指标：本年的要求是路径在年底的值，年度完成率与目标完成率分开写。"""
    item = indicator("0.16", "0.24", how("year_to_date", decimals=4))
    text = told(item, "2023Q2", "2023Q2 0.101")
    assert "2023年要求 A＝0.16+(0.24-0.16)×12/20＝0.208件" in text
    assert "序时应达＝0.208×2/4＝0.104件" in text
    assert "目标完成率＝0.101/0.24＝42.08%" in text
    assert "本年余下每季还需＝(0.208-0.101)/2＝0.0535件" in text
    later = told(item, "2026Q2", "2025Q4 0.25")
    assert "2026" not in later.split("判定规则")[0].replace("2026年第二季度", "")


def test_an_average_is_summed_over_the_years() -> None:
    """年均的：各年相加比 A·N，已过的季度数照数，还需是余下每年的。"""
    text = told(commitment(80, cadence="average"), "2023Q2", "2021Q4 76", "2022Q4 88", "2023Q2 41")
    for line in (
        "各年的数：2021年 76件、2022年 88件、2023年 41件",
        "各年合计 Σ＝76+88+41＝205件",
        "合计要求 A·N＝80×5＝400件",
        "序时应达＝80×10/4＝200件",
        "余下每年还需＝(400-205)×4/10＝78.00件",
    ):
        assert line in text.split("\n")
    assert "每季还需" not in text


def test_a_range_is_reached_at_its_lower_end() -> None:
    """区间：照下限算，超过上限只作说明；年底前完成即可的，写明只在年底要求。"""
    late = how("year_to_date", path="year_end", decimals=0)
    item = replace(commitment(2, 3, rule="range", reporting=late), wording="每年2—3个")
    text = told(item, "2023Q3", "2023Q3 4")
    assert "要求：每年2—3个（每年，件；达到下限即完成，超过上限只作说明）" in text
    assert "序时应达＝2×0/4＝0件（只在年底要求）" in text
    assert "增量完成率（即年度完成率）＝4/2＝200.00%" in text
    assert "说明：超出计划区间" in text


def test_more_than_has_to_be_passed() -> None:
    """突破：写明等于不算；与指标同一个数的，写明是哪个指标的数。"""
    twin = commitment(8, cadence="by_end", rule="more_than", id="M10-1", same_as="I01")
    own = plan(indicator("5.5", 8), replace(twin, wording="突破8"))
    gap, text = explained(own, "2025Q4", entry("I01", "2025Q4", "8"), item="M10-1")
    check(gap, text)
    assert "要求：突破8（到期末，件；须超过，等于不算）" in text
    assert "数的来处：与 I01 指标I01同一个数" in text
    assert "状态：基本实现（黄）" in text
    assert "序时应达＝8件（期末，即目标值）" in text


def test_no_baseline_shows_only_the_target_rate() -> None:
    """没有基期的：不写份额，只写目标完成率和还需。"""
    item = commitment(170, cadence="by_end", reporting=how(decimals=0))
    text = told(item, "2023Q2", "2023Q2 135")
    assert "目标完成率＝135/170＝79.41%" in text
    assert "余下每季还需＝(170-135)/10＝3.50件" in text
    assert "增量完成率＝" not in text
    assert "没有基期值" in told(indicator(None, 8), "2023Q2", "2023Q2 5")
    flow = told(indicator(None, 8, how("year_to_date")), "2023Q2", "2023Q2 5")
    assert "序时应达" not in flow


def test_other_paths_are_named() -> None:
    """不是直线的路径，写是哪条路径；目标调整过的写明。"""
    steps = told(
        indicator(38, 50, how(path="steps", release="batch", decimals=0)), "2023Q2", "2022Q4 44"
    )
    assert "序时应达＝42.8件（按“年底一步”路径），整数项向基期取整为 42件" in steps
    assert "说明：沿用2022年数" in steps
    changed = told(
        indicator(0, 100, amendments=(amended("2023-01-01", 80),)), "2023Q2", "2023Q2 45"
    )
    assert "2023-01-01起调整为80.00件" in "".join(changed.split())
    assert "目标中途调整过" in changed


def test_an_amended_target_puts_its_numbers_in() -> None:
    """起效以后的，从起效时的原序时值走起，数字都代入；起效以前的照原目标算，不提调整。"""
    item = indicator("4.99", "10.02", amendments=(amended("2023-07-01", 12),))
    after = "".join(told(item, "2024Q2", "2024Q2 9").split())
    assert (
        "序时应达＝7.505+(12.00-7.505)×4/10＝9.303件"
        "（目标中途调整过：2023-07-01起由10.02调整为12.00件）"
    ) in after
    before = "".join(told(item, "2023Q2", "2023Q2 7").split())
    assert "序时应达＝4.99+(10.02-4.99)×10/20＝7.505件" in before
    assert "中途调整过" not in before
    twice = replace(item, amendments=(*item.amendments, amended("2024-07-01", 13)))
    assert "由10.02调整为12.00件；2024-07-01起由12.00调整为13.00件" in "".join(
        told(twice, "2025Q2", "2025Q2 9").split()
    )


def test_a_falling_indicator() -> None:
    """越小越好的：式子照样成立，目标完成率倒过来，还需写作变动。"""
    text = told(indicator(14, 10, falling=True), "2023Q2", "2023Q2 13")
    assert "增量完成率＝(13.00-14.00)/(10.00-14.00)＝25.00%" in text
    assert "目标完成率＝10.00/13.00＝76.92%" in text
    assert "余下每季还需变动＝(10.00-13.00)/10＝-0.30件" in text


def test_a_yearly_cap() -> None:
    """一年的上限：没有完成份额，只写用了多少、还可用多少。"""
    item = indicator(14, 10, how("year_to_date"), falling=True)
    text = told(item, "2023Q2", "2023Q2 4")
    assert "增量完成率" not in text.split("判定规则")[0]
    assert "本年上限使用率＝4.00/11.60＝34.48%" in text
    assert "完成率＝" not in text.split("判定规则")[0]
    assert "本年余下每季可用＝(11.60-4.00)/2＝3.80件" in text


def test_tolerance_and_binding_are_explained() -> None:
    """容差：写出容差和实际差多少；约束性指标写明从严。"""
    item = indicator(80, 85, how("annual", tolerance=Decimal(1)), attribute="约束性")
    text = told(item, "2023Q2", "2023Q1 81.5 @2022Q4")
    assert "容差：1.00件，比应达差 0.50件" in text
    assert "依据：与序时值之差在容许误差以内" in text
    assert "约束性指标从严" in text
    assert "比应达好 0.50件" in told(item, "2023Q2", "2023Q1 82.5 @2022Q4")


def test_where_there_is_nothing_to_compare() -> None:
    """从未报、本季没报、滞后过久：写明依据，旧数只说是此前报的。"""
    assert "依据：从未报过数" in told(indicator(1, 9), "2023Q2")
    silent = told(commitment(500), "2023Q2", "2023Q1 130")
    assert "此前报的数＝130件" in silent
    assert "增量完成率＝" not in silent
    assert "依据：最近的数滞后过久" in told(indicator(1, 9), "2023Q4", "2023Q1 3")
    average = told(commitment(80, cadence="average"), "2023Q2", "2022Q4 88")
    assert "各年合计 Σ＝88＝88件" in average


def test_the_source_is_the_figure_that_was_used() -> None:
    """数的出处是所用的那一期；以后报的“未更新”也列出来。"""
    item = indicator(108, 180, how("annual", decimals=0))
    entries = (
        entry("I01", "2022Q4", "124"),
        entry("I01", "2023Q1", None, number=2, state=State.NOT_UPDATED),
        entry("I01", "2023Q2", None, number=3, state=State.NOT_UPDATED),
    )
    _, text = explained(plan(item), "2023Q2", *entries)
    said = [line.split("；")[0] + "；" for line in text.split("\n") if line.startswith("数：")]
    assert said == [f"数：{AGENCY}报 124（2022Q4；", f"数：{AGENCY}报 未更新（2023Q2；"]


def test_a_partial_sum_is_explained_in_words() -> None:
    """多家相加而有单位没报的：依据是一句话，不是规则的代码。"""
    shared = how("year_to_date", decimals=0, reporters=(A, B), combine="sum")
    own = plan(commitment(6, reporting=shared))
    gap, text = explained(own, "2023Q2", entry("M07-1", "2023Q2", "1", agency=A))
    check(gap, text)
    assert "依据：有填报单位未报，合计不完整，判不出是否滞后" in text


def test_words_are_quoted() -> None:
    """措施：各单位本季填的状态；里程碑：每家最近一次填的，和时限。"""
    own = word_plan(milestones=(milestone(A, B, due="2021-12-31", recurring=True),))
    entries = (
        wrote(A, "2023Q1", "推进中"),
        wrote(A, "2023Q2", "未启动"),
        wrote(B, "2023Q2", "推进中"),
        wrote(A, "2023Q1", "推进中", item="M01-1"),
    )
    _, measure = explained(own, "2023Q2", *entries, item="M01")
    said = [line for line in measure.split("\n") if line.startswith("状态：")]
    assert [line[:16] for line in said[:2]] == [
        f"状态：{A}填“未启动”（202"[:16], f"状态：{B}填“推进中”（202"[:16],
    ]  # fmt: skip
    assert "依据：按各单位填的文字判\n" in measure
    _, stone = explained(own, "2023Q2", *entries, item="M01-1")
    assert "时限：2023-12-31（办公室设定）" in stone
    assert f"状态：{A}填“推进中”（2023Q1；" in stone
    assert f"说明：未报：{B}" in stone
    assert "依据：按各单位填的文字和时限判" in stone


def test_a_measure_and_a_milestone_say_the_rule() -> None:
    """措施说看什么、照什么规则；里程碑说时限、判断日期、还有或已过几天；没有时限的说没有。"""
    own = word_plan(
        milestones=(
            milestone(A, due="2023-08-01"),
            milestone(B, due="2023-07-01", id="M01-2"),
            milestone(B, id="M01-3", recurring=True),
        )
    )
    entries = (wrote(A, "2023Q2", "印发方案。", field="progress"),)
    gaps = find_gaps(own, entries, (), q("2023Q2"), TODAY)

    def lines(item: str) -> list[str]:
        gap = next(g for g in gaps.items if g.id == item)
        text = explain_text(own, gap, entries, q("2023Q2"), TODAY)
        assert max(map(width, text.split("\n"))) <= 80
        return text.replace("\n      ", "").split("\n")

    assert "责任单位：市公安局、市司法局、市林业局（3家）" in lines("M01")
    assert any(line.startswith(f"本季度进展：{A}写了进展（2023Q2；") for line in lines("M01"))
    assert "时限：2023-08-01（办公室设定）；判断日期 2023-07-15，还有 17 天" in lines("M01-1")
    assert "时限：2023-07-01（办公室设定）；判断日期 2023-07-15，已过 14 天" in lines("M01-2")
    assert "时限：公文未定，办公室也没有设定" in lines("M01-3")
    assert "要求：出台（每年）" in lines("M01-3")
    assert any("每年重复的只看2023年" in line for line in lines("M01-3"))
    assert "依据：按各单位填的文字判" in lines("M01-3")
    assert "依据：按各单位填的文字和时限判" in lines("M01-1")


def test_the_lead_comes_first() -> None:
    """几家一起的：牵头单位标出来，它填的说在前面，不论谁先报。"""
    own = word_plan()
    led = replace(own, measures=tuple(replace(one, lead=B) for one in own.measures))
    entries = (
        wrote(A, "2023Q2", "推进中"),
        wrote(B, "2023Q2", "已完成", number=2),
    )
    _, text = explained(led, "2023Q2", *entries, item="M01")
    assert f"责任单位：{B}（牵头）、" in text
    assert text.index(f"{B}填“已完成”") < text.index(f"{A}填“推进中”")


def test_a_recurring_milestone_forgets_last_year() -> None:
    """每年重复的，上年填的不列；多家没填的列名。"""
    many = tuple(f"单位{n}" for n in range(7))
    own = word_plan(milestones=(milestone(*many, recurring=True),))
    entries = (
        wrote("单位0", "2022Q4", "已完成", item="M01-1"),
        wrote("单位1", "2023Q1", "推进中", item="M01-1", number=2),
    )
    _, text = explained(own, "2023Q2", *entries, item="M01-1")
    assert "单位0填" not in text
    assert "没有填的：单位0、单位2、单位3、单位4、单位5、单位6（6家）" in text.replace(
        "\n      ", ""
    )


def test_every_item_of_the_real_plan() -> None:
    """真的计划、各种状态：每一条式子都算得对，每行不超过 80 列，印得出来（GBK）。"""
    for gap in varied().items:
        text = explain_text(varied_plan(), gap, varied_book().entries, QUARTER)
        check(gap, text)
        text.encode("gbk")


HOWS = st.sampled_from(
    [
        how(),
        how(decimals=0),
        how(decimals=4, tolerance=Decimal(1)),
        how("running_total"),
        how("annual"),
        how(path="steps", release="batch", decimals=0),
        how("accumulated"),
        how("year_to_date"),
        how("year_to_date", decimals=0),
    ]
)
ITEMS = st.one_of(
    st.builds(
        lambda start, target, reporting: indicator(
            start, target, reporting, falling=start is not None and target < start
        ),
        st.one_of(st.none(), st.decimals("0", "100", places=2)),
        st.decimals("0.01", "200", places=2),
        HOWS,
    ),
    st.sampled_from(
        [
            commitment(6),
            commitment(85),
            commitment(1, reporting=how("year_to_date", path="year_end", decimals=0)),
            commitment(80, cadence="average"),
            commitment(10, cadence="average", reporting=how("year_to_date")),
            commitment(2, 3, rule="range"),
            commitment(8, rule="more_than"),
        ]
    ),
)


@given(
    ITEMS,
    st.dictionaries(st.integers(0, 22), st.decimals("0", "250", places=2), max_size=8),
    st.integers(1, 24),
)
def test_whatever_is_printed_recomputes(
    item: FigureItem, values: dict[int, Decimal], at: int
) -> None:
    """什么事项、什么数，印着的式子都算得出印着的数。"""
    base = Quarter(2020, 4)
    told(item, str(base + at), *(f"{base + t} {v}" for t, v in sorted(values.items())))
