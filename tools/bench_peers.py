"""收表的别的做法，各照其文档里最省的写法：``tools/bench_ingest.py`` 的对手。

每家都做全套：读出报送信息和各张报表，核对单位、报送期、编号（该有的、不重复）、选项、数的类型和范围；
有一处不对就抛出。它们不做的是跨表、跨期的核对和怎么改的话，所以比本程序做得少，不比它多。
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence

import openpyxl
import pandas as pd
import pandera.pandas as pandera
import python_calamine
from frictionless import Checklist, Resource, Schema, fields

from ipmeasures.forms.layout import (
    CASES,
    COMMITMENTS,
    INDICATORS,
    INFO,
    MEASURES,
    MILESTONES,
    Column,
    Layout,
)
from ipmeasures.forms.write import HEAD_ROW
from ipmeasures.plan.model import Plan

_QUARTER = re.compile(r"20\d\dQ[1-4]")


def printed_ids(plan: Plan) -> dict[Layout, list[str]]:
    """各张表上可以有的编号；典型案例没有编号。"""
    return {
        INDICATORS: [item.id for item in plan.indicators],
        COMMITMENTS: [item.id for item in plan.commitments],
        MEASURES: [item.id for item in plan.measures],
        MILESTONES: [item.id for item in plan.milestones],
        CASES: [],
    }


class WithPandera:
    """pandas 读成表，pandera 逐列核对；``engine`` 是 pandas 读 .xlsx 的引擎。"""

    def __init__(self, plan: Plan, engine: str) -> None:
        self._engine = engine
        self._agencies = {agency.name for agency in plan.agencies}
        ids = printed_ids(plan)
        self._schemas = {layout.sheet: _pandera_schema(layout, ids[layout]) for layout in ids}
        # 文字列说明是文字，读时就定下，省得核对时再转
        every = {column.header for layout in (*ids, INFO) for column in layout.columns}
        self._types = dict.fromkeys(every - {"本期值"}, str)

    def __call__(self, content: bytes) -> None:
        """读并核对一份。"""
        with pd.ExcelFile(io.BytesIO(content), engine=self._engine) as book:
            wanted = [name for name in book.sheet_names if name in {INFO.sheet, *self._schemas}]
            frames = pd.read_excel(book, sheet_name=wanted, header=HEAD_ROW - 1, dtype=self._types)
        info = frames.pop(INFO.sheet).set_index("项目")["内容"]
        _check_info(info["报送单位"], info["报送期"], self._agencies)
        for name, frame in frames.items():
            self._schemas[name].validate(frame, lazy=True)


def _pandera_schema(layout: Layout, ids: Sequence[str]) -> pandera.DataFrameSchema:
    columns = {"编号": pandera.Column(str, pandera.Check.isin(ids), unique=True)} if ids else {}
    for column in _filled(layout):
        if column.key == "value":
            check = pandera.Check.ge(0)
            columns[column.header] = pandera.Column(float, check, nullable=True, coerce=True)
        else:
            checks = pandera.Check.isin(column.choices) if column.choices else None
            columns[column.header] = pandera.Column(str, checks, nullable=True)
    return pandera.DataFrameSchema(columns)


class WithFrictionless:
    """openpyxl 读出各行，frictionless 按字段核对；让它自己一张张去读表，要再慢一倍。"""

    def __init__(self, plan: Plan) -> None:
        self._agencies = {agency.name for agency in plan.agencies}
        ids = printed_ids(plan)
        self._schemas = {layout.sheet: _frictionless_schema(layout, ids[layout]) for layout in ids}

    def __call__(self, content: bytes) -> None:
        """读并核对一份。"""
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for name in book.sheetnames:
            rows = [list(row) for row in _rows(book, name)]
            if name == INFO.sheet:
                info = {row[0]: row[1] for row in rows}
                _check_info(info["报送单位"], info["报送期"], self._agencies)
            elif name in self._schemas:
                checklist = Checklist(skip_errors=["blank-row"])
                report = Resource(data=rows, schema=self._schemas[name]).validate(checklist)
                if not report.valid:
                    raise ValueError(report.flatten(["rowNumber", "fieldName", "type"]))


def _rows(book: openpyxl.Workbook, name: str) -> Iterator[tuple[object, ...]]:
    return book[name].iter_rows(min_row=HEAD_ROW, values_only=True)


def _frictionless_schema(layout: Layout, ids: Sequence[str]) -> Schema:
    filled = set(_filled(layout))
    return Schema(
        fields=[
            _frictionless_field(column, ids if column.key == "id" else column.choices)
            if column.key == "id" or column in filled
            else fields.AnyField(name=column.header)
            for column in layout.columns
        ]
    )


def _frictionless_field(column: Column, choices: Sequence[str]) -> fields.AnyField:
    if column.key == "value":
        return fields.NumberField(name=column.header, constraints={"minimum": 0})
    constraints: dict[str, object] = {"enum": list(choices)} if choices else {}
    if column.key == "id":
        constraints |= {"required": True, "unique": True}
    return fields.StringField(name=column.header, constraints=constraints)


def _filled(layout: Layout) -> list[Column]:
    return [column for column in layout.columns if column.filled]


def _check_info(agency: object, quarter: object, agencies: Mapping[str, object] | set[str]) -> None:
    if agency not in agencies or not _QUARTER.fullmatch(str(quarter)):
        raise ValueError(f"报送信息不对：{agency}、{quarter}")


def only_calamine(content: bytes) -> None:
    """最快的读法：只把格子读出来，什么也不核对。"""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
