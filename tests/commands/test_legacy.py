"""收旧格式的表：与 .xlsx 一样有回执，多一条说明。"""

from pathlib import Path

from tests.commands.conftest import Fill, Run, figures
from tests.returns.old import xls

BUREAU = "市市场监管局"


def test_an_old_table_is_accepted_with_a_note(ipm: Run, filled: Fill, tmp_path: Path) -> None:
    """.xls 收下，数一个不少；说明请下次存成 .xlsx。换个后缀再收是重复。"""
    content = xls(filled(BUREAU, "2023Q2", figures(I01="7.20", I09="6.8")).read_bytes())
    folder = tmp_path / "收"
    folder.mkdir()
    (folder / "表.xls").write_bytes(content)
    told = ipm("ingest", folder)
    assert told.status == 0, told.out + told.err
    assert "回执 2023Q2-0001" in told.out
    assert "读到 2 个数＝入库 2＋不变 0＋拒收 0" in told.out
    (folder / "表.et").write_bytes(content)
    again = ipm("ingest", folder / "表.et", "--format", "json").json["files"][0]
    assert again["outcome"] == "duplicate"
    assert "legacy_format" in [problem["code"] for problem in again["problems"]]


def test_a_damaged_old_table_is_told_in_one_line(
    ipm: Run, filled: Fill, tmp_path: Path, home: Path
) -> None:
    """坏了的 .xls 是读不出的文件，不入库，没有 traceback。"""
    content = xls(filled(BUREAU, "2023Q2", figures(I01="7.20")).read_bytes())
    path = tmp_path / "坏.xls"
    path.write_bytes(content[: len(content) // 2])
    told = ipm("ingest", path)
    assert told.status == 3
    assert "文件损坏" in told.out
    assert "Traceback" not in told.out + told.err
    assert not (home / "data" / "ledger.db").exists()
