"""计划 YAML 的形状：pydantic 逐项检查，错误翻成中文、对回行号。"""

import datetime as dt
import difflib
import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from ipmeasures.plan.model import Cadence, Direction, Nature, Path, Release, Rule
from ipmeasures.plan.source import PlanProblem, Source, Trail
from ipmeasures.quarter import Quarter

_FIGURE = re.compile(r"-?\d+(?:\.\d+)?")


def _figure(text: object) -> object:
    if isinstance(text, str) and not _FIGURE.fullmatch(text.strip()):
        raise ValueError(f"“{text}”不是数字")
    return text


def _quarter(text: str) -> str:
    Quarter.parse(text)
    return text


def _word_as_list(text: object) -> object:
    return [text] if text in ("collective", "members", "named") else text


Text = Annotated[str, Field(min_length=1)]
Figure = Annotated[Decimal, BeforeValidator(_figure)]
Names = Annotated[list[Text], Field(min_length=1), BeforeValidator(_word_as_list)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Document(_Part):
    title: Text
    number: Text
    issued_on: dt.date
    issuer: Text
    base_year: int
    target_year: int


class _Section(_Part):
    number: int
    title: Text


class _Renaming(_Part):
    name: Text
    since: dt.date
    note: Text = ""


class _AgencyOffice(_Part):
    full_name: Text
    aliases: list[Text] = []
    renamed: list[_Renaming] = []


class _Agency(_Part):
    id: Text
    name: Text
    office: _AgencyOffice


class _MilestoneOffice(_Part):
    reporters: Names
    due: dt.date | None = None


class _Milestone(_Part):
    id: Text
    subject: Text
    wording: Text
    timing: Text = ""
    recurring: bool
    also_under: list[Text] = []
    office: _MilestoneOffice


class _MeasureOffice(_Part):
    lead: Text


class _Measure(_Part):
    id: Text
    section: int
    title: Text
    agencies: Names
    tasks: Annotated[list[Text], Field(min_length=1)]
    milestones: list[_Milestone] = []
    office: _MeasureOffice | None = None


class _Flaw(_Part):
    items: list[Text]
    text: Text


class _Waiver(_Part):
    measure: Text
    text: Text
    why: Text


class MeasuresFile(_Part):
    """``measures.yaml``：公文、责任单位、措施、里程碑。"""

    document: _Document
    sections: Annotated[list[_Section], Field(min_length=1)]
    agencies: Annotated[list[_Agency], Field(min_length=1)]
    measures: Annotated[list[_Measure], Field(min_length=1)]
    flaws: list[_Flaw] = []
    waivers: list[_Waiver] = []


class _Namesake(_Part):
    name: Text
    values: list[Figure]


class _Reporting(_Part):
    nature: Nature
    path: Path = Path.LINEAR
    release: Release
    decimals: Annotated[int, Field(ge=0, le=6)]
    tolerance: Figure = Decimal(0)
    maximum: Figure | None = None
    reporters: Names
    combine: Literal["sum"] | None = None
    prompt: Text = ""
    verify: Text = ""
    waypoints: dict[int, Figure] = {}
    namesakes: list[_Namesake] = []


class _Amendment(_Part):
    since: dt.date
    target: Figure
    basis: Text


class _Indicator(_Part):
    id: Text
    name: Text
    unit: Text
    baseline: Figure | None = None
    target: Figure
    attribute: Text
    direction: Direction = Direction.RISING
    amendments: list[_Amendment] = []
    office: _Reporting


class _Commitment(_Part):
    id: Text
    measure: Text
    subject: Text
    unit: Text
    rule: Rule
    figures: Annotated[list[Figure], Field(min_length=1, max_length=2)]
    cadence: Cadence
    wording: Text
    same_as: Text | None = None
    office: _Reporting


class _Thresholds(_Part):
    preset: Literal["ratios", "points"] = "ratios"
    ahead_gap: Figure = Decimal(2)
    ahead_index: Figure = Decimal("1.05")
    on_track_index: Figure = Decimal("0.95")
    on_track_gap: Figure = Decimal(-2)
    far_behind_index: Figure = Decimal("0.60")
    far_behind_gap: Figure = Decimal(-20)
    points_yellow_gap: Figure = Decimal(-10)
    stale_quarters: Annotated[int, Field(ge=0)] = 2
    due_soon_days: Annotated[int, Field(ge=0)] = 30
    nearly_percent: Figure = Decimal(95)


class _Settings(_Part):
    first_quarter: Annotated[str, AfterValidator(_quarter)]
    due_days: Annotated[int, Field(ge=0, le=90)]
    members: Names
    thresholds: _Thresholds


class TargetsFile(_Part):
    """``targets.yaml``：办公室设定、指标、量化任务。"""

    settings: _Settings
    indicators: list[_Indicator] = []
    commitments: list[_Commitment] = []


def shape_problems(source: Source, model: type[BaseModel]) -> list[PlanProblem]:
    """一个 YAML 文件里形状不对的地方，逐处一条。"""
    try:
        model.model_validate(source.tree)
    except ValidationError as bad:
        return [_translated(source, model, dict(error)) for error in bad.errors()]
    return []


def _translated(source: Source, model: type[BaseModel], error: dict[str, Any]) -> PlanProblem:
    trail: Trail = tuple(error["loc"])
    key, kind, context = str(trail[-1] if trail else ""), error["type"], error.get("ctx", {})
    wrong = error["input"] if isinstance(error["input"], str) else ""
    if kind == "missing":
        return source.problem(trail[:-1], f"缺少“{key}”", "请补上")
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(key, _keys(model), 1)
        return source.problem(
            trail, f"不认识的项“{key}”", f"是否为 {near[0]}？" if near else "请删去或改正"
        )
    if kind == "value_error":
        return source.problem(trail, f"“{key}”{context['error']}", "请改正")
    says = _SAYINGS.get(kind, "写法不对").format(**context)
    return source.problem(trail, f"“{key}”{says}" + (f"（现在是“{wrong}”）" if wrong else ""))


_SAYINGS = {
    "string_too_short": "不能为空",
    "string_type": "应是一段文字",
    "too_short": "至少要有 {min_length} 项",
    "too_long": "至多 {max_length} 项",
    "list_type": "应是列表，每项一行、以短横开头",
    "dict_type": "应是若干“项: 值”",
    "model_type": "应是若干“项: 值”",
    "model_attributes_type": "应是若干“项: 值”",
    "enum": "只能是 {expected} 之一",
    "literal_error": "只能是 {expected} 之一",
    "int_parsing": "应是整数",
    "int_type": "应是整数",
    "int_from_float": "应是整数",
    "bool_parsing": "应是 true 或 false",
    "bool_type": "应是 true 或 false",
    "decimal_parsing": "应是数字",
    "decimal_type": "应是数字",
    "date_parsing": "应是日期，如 2023-07-01",
    "date_from_datetime_parsing": "应是日期，如 2023-07-01",
    "date_from_datetime_inexact": "应是日期，如 2023-07-01",
    "date_type": "应是日期，如 2023-07-01",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
}


def _keys(model: type[BaseModel]) -> list[str]:
    """一个文件里所有认识的键，供“是否为”提示。"""
    found: list[str] = []
    schema = model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        found.extend(part.get("properties", {}))
    return sorted(set(found))
