"""由程序写出文档里的清单：``docs/problems.md`` 的问题目录，``docs/templates.md`` 的模板名字。

测试守着文档与程序一致。用法：``python tools/write_docs.py``。
"""

import re
from collections.abc import Mapping
from pathlib import Path

from ipmeasures.problem import CATALOGUE, Kind, Severity
from ipmeasures.report.template_names import VIEWS, names
from ipmeasures.returns.settings.sayings import SETTINGS_CATALOGUE

DOCS = Path(__file__).resolve().parent.parent / "docs"
TARGET = DOCS / "problems.md"
TEMPLATES = DOCS / "templates.md"
_MARK = "<!-- 以下由 tools/write_docs.py 写成 -->\n"
_HEAD = """# 问题代码

收表时说的每一种问题：轻重、说什么、怎么改。有一个“错误”，整份文件都不入库；“提醒”和“说明”不妨碍入库。
`ipm ingest --format json` 里的 `code` 就是这里的代码。本页由 `tools/write_docs.py` 写成。
"""
_SETTINGS = """## 设定表

`ipm settings import` 说的，都是错误：有一处，整份不导入，计划文件不动。文件读不了、缺列、重列、错误值、没有算过的公式，与收表说的一样。
"""


def problems_page() -> str:
    """整页的文字。"""
    lines = [_HEAD]
    for severity in Severity:
        kinds = {code: kind for code, kind in CATALOGUE.items() if kind.severity is severity}
        lines += [f"## {severity.label}", "", *_table(kinds), ""]
    return "\n".join([*lines, _SETTINGS, *_table(SETTINGS_CATALOGUE), ""])


def _table(kinds: Mapping[str, Kind]) -> list[str]:
    rows = [
        f"| `{code.partition('.')[0]}` | {_cell(kind.says)} | {_cell(kind.fix)} |"
        for code, kind in kinds.items()
    ]
    return ["| 代码 | 说什么 | 怎么改 |", "|---|---|---|", *rows]


def templates_page(page: str) -> str:
    """``docs/templates.md`` 的全文：手写的部分照旧，名字的清单重写。"""
    listed = []
    for title, of in VIEWS:
        rows = [f"| `{name.path}` | {name.meaning} |" for name in names(of)]
        listed += [f"### {title}", "", "| 名字 | 意思 |", "|---|---|", *rows, ""]
    return f"{page.partition(_MARK)[0]}{_MARK}\n" + "\n".join(listed)


def _cell(text: str) -> str:
    return re.sub(r"\{\w+\}", "…", text).replace("|", "\\|")


if __name__ == "__main__":
    TARGET.write_text(problems_page(), "utf-8")
    TEMPLATES.write_text(templates_page(TEMPLATES.read_text("utf-8")), "utf-8")
