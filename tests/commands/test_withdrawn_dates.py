"""写错的日期撤得回来：数据时点、完成日期里填“撤回”，判定不再照它。"""

from ipmeasures.forms.fill import Answers
from tests.commands.conftest import Fill, Run, figures

BUREAU = "市市场监管局"


def at(ipm: Run, item: str) -> str:
    """判定照哪个时点。"""
    found = ipm("gaps", "--quarter", "2023Q2", "--only", "all", "--format", "json").json
    return str(next(one for one in found["items"] if one["id"] == item)["data_at"])


def test_a_wrong_date_can_be_removed(ipm: Run, filled: Fill) -> None:
    """报数时写错的时点，另报一份“撤回”：数还在，时点没有了；重写时点又算。"""
    first = figures(I01="7.6")
    first["指标数据"]["I01"]["数据时点"] = "2021"
    first["里程碑"] = {"M07-2": {"完成情况": "已完成", "完成日期": "2021-05", "佐证材料": "1号"}}
    assert ipm("ingest", filled(BUREAU, "2023Q2", first)).status == 0
    assert at(ipm, "I01") == "2021Q4"
    gone: Answers = {
        "指标数据": {"I01": {"数据时点": "撤回"}},
        "里程碑": {"M07-2": {"完成日期": "撤回"}},
    }
    said = ipm("ingest", filled(BUREAU, "2023Q2", gone, name="撤回.xlsx"))
    assert "撤回 2 段" in said.out
    assert at(ipm, "I01") == "2023Q2"
    again: Answers = {"指标数据": {"I01": {"数据时点": "2023-03"}}}
    assert ipm("ingest", filled(BUREAU, "2023Q2", again, name="重写.xlsx")).status == 0
    assert at(ipm, "I01") == "2023Q1"


def test_an_annual_figure_without_its_year_is_told(ipm: Run, filled: Fill) -> None:
    """年度数的时点撤回了，没有写是哪一年的：提醒。"""
    first = figures(I10="82")
    first["指标数据"]["I10"]["数据时点"] = "2021"
    ipm("ingest", filled(BUREAU, "2023Q2", first))
    gone: Answers = {"指标数据": {"I10": {"数据时点": "撤回"}}}
    said = ipm("ingest", filled(BUREAU, "2023Q2", gone, name="撤回.xlsx"))
    assert "没有写是哪一年的数" in said.out
