"""文档不许走样：写着的都是真的。"""

import re
import sys
from pathlib import Path

import pytest

from ipmeasures.cli import main
from ipmeasures.problem import CATALOGUE
from ipmeasures.report.template_names import names

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from write_docs import problems_page, templates_page  # noqa: E402 - 工具不是包


def test_every_problem_code_stands_in_the_manual() -> None:
    """问题代码一个不少，与程序一致；改了目录就跑 tools/write_docs.py。"""
    page = (ROOT / "docs" / "problems.md").read_text("utf-8")
    assert page == problems_page()
    assert all(f"`{key.partition('.')[0]}`" in page for key in CATALOGUE)


def test_every_name_of_the_templates_stands_in_their_manual() -> None:
    """模板的名字一个不少，意思与程序一致；手册里写的名字都真有。"""
    page = (ROOT / "docs" / "templates.md").read_text("utf-8")
    assert page == templates_page(page)
    written = "\n".join(re.findall(r"`([^`]+)`", page.partition("## 全部名字")[0]))
    known = {path for name in names() for path in (name.path.removesuffix("[]"), name.name)}
    used = re.findall(r"\{\{ ([\w.]+) \}\}| in (\w+) %", written)
    loops = {"line", "chart", "row", "chart.caption", "row.name", "row.value"}
    assert {one or other for one, other in used} - known - loops == set()


def test_links_lead_somewhere() -> None:
    """README 和 docs 里的相对链接都有文件。"""
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
            if "://" not in link:
                assert (page.parent / link).exists(), f"{page.name}：{link}"


def test_every_dependency_has_its_reason() -> None:
    """每个直接依赖在 docs/dependencies.md 里有一行为什么。"""
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    listed = project.split("dependencies = [", 1)[1].split("]", 1)[0]
    names = re.findall(r'"([a-z0-9-]+)', listed)
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8").lower()
    assert names
    assert [name for name in names if name not in page] == []


def test_no_address_of_a_package_index() -> None:
    """仓库里没有包索引的地址，锁文件里也没有。"""
    for path in (ROOT / "requirements").iterdir():
        text = path.read_text("utf-8")
        assert "http" not in text
        assert "index" not in text


@pytest.mark.slow
def test_the_worked_quarter_in_the_readme_is_real(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """README 第一屏的输出，逐行都在 ipm demo 的真输出里；引的那句话在报告里。"""
    home = tmp_path / "ipm-demo"
    assert main(["demo", "--home", str(home)]) == 0
    said = capsys.readouterr().out.replace(str(tmp_path), "…")
    readme = (ROOT / "README.md").read_text("utf-8")
    block = readme.split("<!-- demo -->", 1)[1].split("```")[1]
    for line in filter(None, block.strip().splitlines()):
        if line != "…":
            assert line in said, line
    report = (home / "reports" / "2024Q3-进展报告.md").read_text("utf-8")
    quoted = readme.split("报告里写着：「", 1)[1].split("」", 1)[0].replace("\n", "")
    assert quoted in report
