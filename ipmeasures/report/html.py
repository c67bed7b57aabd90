"""写成网页：一个独立的文件，样式和脚本都在里面，不连网；任何文字都只作文字。"""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from ipmeasures.report.board import Board
from ipmeasures.report.cards import Card
from ipmeasures.report.lights import ACTUAL, GOAL, LAMPS, PLANNED
from ipmeasures.report.rows import IndicatorRow
from ipmeasures.report.tally import KINDS

_FOLDER = Path(__file__).parent / "page"
# 网页里写不下的：控制字符（换行和制表除外）、落单的代理项
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_INDICATOR_HEADS = (
    ("number", "序号"), ("name", "指标"), ("unit", "单位"), ("baseline", "基期"), ("target", "目标"),
    ("data_at", "数据时点"), ("value", "本期"), ("change", "同比"), ("target_rate", "目标完成率"),
    ("done", "增量完成率"), ("planned", "序时"), ("gap", "偏差（百分点）"), ("status", "状态"),
)  # fmt: skip
_COMMITMENT_HEADS = (
    ("number", "序号"), ("name", "任务"), ("unit", "单位"), ("demand", "要求"),
    ("data_at", "数据时点"), ("value", "本期"), ("change", "同比"), ("done", "完成率"),
    ("planned", "序时"), ("gap", "偏差（百分点）"), ("status", "状态"),
)  # fmt: skip
_NUMERIC = frozenset(
    {"number", "baseline", "target", "value", "change", "target_rate", "done", "planned", "gap"}
)


def render_html(board: Board) -> str:
    """写出网页；同样的内容一字不差。

    页内的内容安全策略只许本文件自己的样式和脚本（按摘要认），别的一律不许，也不许连到任何地方。
    """
    environment = _environment()
    css, js = _style(environment), _text("page.js")
    context: dict[str, Any] = {field.name: getattr(board, field.name) for field in fields(board)}
    shown = board.view
    context |= {
        "css": Markup(css),  # noqa: S704 - 本程序自己的样式
        "js": Markup(js),  # noqa: S704 - 本程序自己的脚本
        "policy": _policy(css, js),
        "kinds": KINDS,
        "numeric": _NUMERIC,
        "pairs": tuple(zip(board.commitments, shown.commitments.rows, strict=True)),
        "heads": {"indicators": _INDICATOR_HEADS, "commitments": _COMMITMENT_HEADS},
        "tables": tuple(_tables(board)),
    }
    return environment.get_template("page.html.j2").render(context)


def _tables(board: Board) -> Iterator[tuple[str, tuple[tuple[Card, IndicatorRow], ...]]]:
    """主要指标的表，一类一张：小标题，和各项的卡片、那一行。"""
    cards = iter(board.indicators)
    for group in board.view.indicators.groups:
        yield group.heading, tuple((next(cards), row) for row in group.rows)


@cache
def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_written,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["lamps"] = LAMPS
    return environment


@cache
def _style(environment: SandboxedEnvironment) -> str:
    colours: Mapping[str, str] = {"actual": ACTUAL, "planned": PLANNED, "goal": GOAL}
    return environment.get_template("page.css.j2").render(colours)


@cache
def _text(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


def _policy(css: str, js: str) -> str:
    return (
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"style-src '{_digest(css)}'; script-src '{_digest(js)}'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _written(value: object) -> object:
    return value if isinstance(value, Markup) else _UNWRITABLE.sub("", str(value))
