"""命令测试的工作文件夹，和像用户一样敲命令的办法。"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ipmeasures.cli import main
from ipmeasures.commands.start import lay_out
from ipmeasures.forms.fill import Answers, fill_form
from ipmeasures.forms.write import write_form
from ipmeasures.plan.load import load_plan
from ipmeasures.plan.model import Plan
from ipmeasures.plan.owed import owed_by
from ipmeasures.quarter import Quarter
from ipmeasures.workspace import Workspace


@dataclass
class Told:
    """一条命令的结果。"""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON 什么都可能是
        return json.loads(self.out)


Run = Callable[..., Told]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    lay_out(tmp_path / "w")
    return tmp_path / "w"


@pytest.fixture
def ipm(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """敲一条命令；工作文件夹用环境变量指定。"""
    monkeypatch.setenv("IPM_HOME", str(home))

    def run(*words: str | os.PathLike[str]) -> Told:
        capsys.readouterr()
        status = main([str(word) for word in words])
        said = capsys.readouterr()
        return Told(status, said.out, said.err)

    return run


@pytest.fixture(scope="session")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    root = tmp_path_factory.mktemp("plan")
    lay_out(root / "w")
    return load_plan(Workspace(root / "w"))


Fill = Callable[..., Path]


@pytest.fixture
def filled(plan: Plan, tmp_path: Path) -> Fill:
    """填好一份表，返回它的路径。"""

    def fill(
        agency: str,
        quarter: str,
        answers: Answers,
        info: dict[str, str] | None = None,
        name: str = "",
    ) -> Path:
        blank = write_form(plan, owed_by(plan, agency), Quarter.parse(quarter), "", {})
        path = tmp_path / (name or f"{quarter}-{agency}.xlsx")
        path.write_bytes(fill_form(blank, answers, info))
        return path

    return fill


def figures(**values: str) -> Answers:
    """``I01="7.2"`` 这样的数，放到各自的工作表里；键里的下划线是短横。"""
    sheets: dict[str, dict[str, dict[str, str | Decimal]]] = {"指标数据": {}, "量化任务": {}}
    for key, text in values.items():
        item = key.replace("_", "-")
        sheet = "指标数据" if item.startswith("I") else "量化任务"
        number: str | Decimal = Decimal(text) if text.replace(".", "", 1).isdigit() else text
        sheets[sheet][item] = {"本期值": number, "数据来源": "样例"}
    return sheets
