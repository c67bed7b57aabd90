"""下发的表照样填了交回来：以后更正、退回过上期的数，印好的格也不算改过；真改了的才说。"""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ipmeasures.forms.fill import fill_form
from tests.commands.conftest import Fill, Run, Told, figures

BUREAU = "市市场监管局"
After = Callable[[Run, Fill], object]


def ingest(ipm: Run, path: Path) -> Told:
    found = ipm("ingest", path)
    assert found.status == 0, found.out + found.err
    return found


def corrected(ipm: Run, filled: Fill) -> None:
    ingest(ipm, filled(BUREAU, "2023Q1", figures(I01="7.4", M07_1="140"), name="更正.xlsx"))


def withdrawn(ipm: Run, filled: Fill) -> None:
    answers = figures(I01="撤回")
    answers["指标数据"]["I01"]["说明"] = "算错了，重算后再报"
    ingest(ipm, filled(BUREAU, "2023Q1", answers, name="撤回.xlsx"))


def sent_back(ipm: Run, filled: Fill) -> None:
    del filled
    assert ipm("send-back", "2023Q1-0002", "--why", "数不对").status == 0


@pytest.mark.parametrize("after", [lambda *_: None, corrected, withdrawn, sent_back])
def test_an_untouched_form_is_never_told_of(
    ipm: Run, filled: Fill, tmp_path: Path, after: After
) -> None:
    """发表以后上期的数怎么变，照样填的表都不说改了印好的格。"""
    ingest(ipm, filled(BUREAU, "2022Q2", figures(I01="6.5", M07_1="250")))
    ingest(ipm, filled(BUREAU, "2023Q1", figures(I01="7.2", M07_1="130")))
    assert ipm("form", "--quarter", "2023Q2", "--out", tmp_path).status == 0
    blank = (tmp_path / f"2023Q2-{BUREAU}.xlsx").read_bytes()
    path = tmp_path / "填好.xlsx"
    path.write_bytes(fill_form(blank, figures(I01="7.6", M07_1="260")))
    after(ipm, filled)
    assert "没有读取" not in ingest(ipm, path).out


def test_a_figure_in_the_wrong_column_is_told(ipm: Run, filled: Fill, tmp_path: Path) -> None:
    """更正写到了上期值：说是哪一格；那份表退回时，错误清单里也有。"""
    ingest(ipm, filled(BUREAU, "2023Q1", figures(I01="7.2")))
    assert ipm("form", "--quarter", "2023Q2", "--out", tmp_path).status == 0
    path = tmp_path / "填好.xlsx"
    blank = (tmp_path / f"2023Q2-{BUREAU}.xlsx").read_bytes()
    path.write_bytes(fill_form(blank, figures(I01="7.6", I09="八万")))
    book = load_workbook(path)
    book["指标数据"]["I4"] = 7.3
    book.save(path)
    said = ipm("ingest", path)
    assert said.status == 1
    assert "“上期值”一格写着 7.3，与在案的 7.2 不同" in "".join(said.out.split("\n")).replace(
        " " * 11, ""
    )
    (answer,) = tmp_path.rglob("*-反馈.xlsx")
    marked = load_workbook(answer)
    listed = [str(cell.value) for row in marked["错误清单"].iter_rows() for cell in row]
    assert any("“上期值”一格写着 7.3" in text for text in listed)
    assert "7.3" in str(marked["指标数据"]["I4"].comment.text)  # type: ignore[union-attr]
    assert marked["指标数据"]["I4"].value == 7.2
