"""计划 YAML 的形状：pydantic 逐项检查，错误翻成中文、对回行号。"""

import datetime as dt
import difflib
import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from ipmeasures.plan.source import PlanProblem, Source, Trail
from ipmeasures.plan.target import is_blank, read_target
from ipmeasures.plan.terms import Cadence, Direction, Nature, Path, Release, Rule
from ipmeasures.quarter import Quarter

_FIGURE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_WHOLE = re.compile(r"-?[0-9]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


# pydantic 自己认得的写法更多（1636416000 算日期，1.0 算整数），造计划时却认不得：以这里为准。
def _figure(text: object) -> object:
    return _matched(text, _FIGURE, "应是数字")


def _whole(text: object) -> object:
    return _matched(text, _WHOLE, "应是整数")


def _matched(text: object, form: re.Pattern[str], wanted: str) -> object:
    if isinstance(text, str) and not form.fullmatch(text):
        raise ValueError(f"{wanted}{_now(text)}" if text else "不能为空")
    return text


def _baseline(text: object) -> object:
    """基期值：数，或表里表示没有的“-”。"""
    return None if isinstance(text, str) and is_blank(text) else _figure(text)


def _target(text: object) -> object:
    """目标值：数，前面可带 ≥ ≤ > <；没有目标的写“-”。"""
    if isinstance(text, str) and text and read_target(text) is None:
        raise ValueError(f"应是数字，可带 ≥、≤、>、<，没有目标的写“-”{_now(text)}")
    return text


def _day(text: object) -> object:
    if not isinstance(text, str):
        return text
    if not text:
        raise ValueError("不能为空")
    try:
        return dt.date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        raise ValueError(f"应是日期，如 2023-07-01{_now(text)}") from None


def _quarter(text: str) -> str:
    try:
        Quarter.parse(text)
    except ValueError:
        raise ValueError(f"应是季度，如 2021Q4{_now(text)}") from None
    return text


def _now(text: str) -> str:
    return f"（现在是“{text}”）"


def _word_as_list(text: object) -> object:
    return [text] if text in ("collective", "members", "named") else text


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Figure = Annotated[Decimal, BeforeValidator(_figure)]
Baseline = Annotated[Decimal | None, BeforeValidator(_baseline)]
Target = Annotated[Text, BeforeValidator(_target)]
Whole = Annotated[int, BeforeValidator(_whole)]
Day = Annotated[dt.date, BeforeValidator(_day)]
Names = Annotated[list[Text], Field(min_length=1), BeforeValidator(_word_as_list)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Document(_Part):
    title: Text
    number: Text
    issued_on: Day
    issuer: Text
    base_year: Whole
    target_year: Whole
    place: Text = ""
    short_title: Text = ""
    duty: Text = ""
    collective: Text = ""


class _Section(_Part):
    number: Whole
    title: Text


class _Renaming(_Part):
    name: Text
    since: Day
    note: Text = ""


class _AgencyOffice(_Part):
    full_name: Text
    aliases: list[Text] = []
    renamed: list[_Renaming] = []
    contact: Text = ""
    phone: Text = ""
    courtesy: bool = False


class _Agency(_Part):
    id: Text
    name: Text
    office: _AgencyOffice


class _MilestoneOffice(_Part):
    reporters: Names
    due: Day | None = None


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
    section: Whole
    title: Text
    agencies: Names
    tasks: Annotated[list[Text], Field(min_length=1)]
    milestones: list[_Milestone] = []
    lead: Text | None = None
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
    decimals: Annotated[Whole, Field(ge=0, le=6)]
    tolerance: Figure = Decimal(0)
    maximum: Figure | None = None
    reporters: Names
    combine: Literal["sum"] | None = None
    prompt: Text = ""
    verify: Text = ""
    waypoints: dict[Whole, Figure] = {}
    namesakes: list[_Namesake] = []
    agrees_with: Text | None = None


class _Amendment(_Part):
    since: Day
    target: Figure
    basis: Text


class _Indicator(_Part):
    id: Text
    name: Text
    unit: Text
    baseline: Baseline = None
    target: Target
    attribute: Text
    direction: Direction | None = None
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
    stale_quarters: Annotated[Whole, Field(ge=0)] = 2
    due_soon_days: Annotated[Whole, Field(ge=0)] = 30
    nearly_percent: Figure = Decimal(95)


class _StricterThresholds(_Part):
    ahead_gap: Figure | None = None
    ahead_index: Figure | None = None
    on_track_index: Figure | None = None
    on_track_gap: Figure | None = None
    far_behind_index: Figure | None = None
    far_behind_gap: Figure | None = None
    points_yellow_gap: Figure | None = None
    nearly_percent: Figure | None = None


class _Words(_Part):
    """状态和结论的代码，同 ``progress`` 的 ``Status``、``Conclusion``；测试守着两边一致。"""

    fallen_back: Text | None = None
    regressed: Text | None = None
    far_behind: Text | None = None
    behind: Text | None = None
    on_track: Text | None = None
    ahead: Text | None = None
    achieved: Text | None = None
    realised: Text | None = None
    nearly: Text | None = None
    missed: Text | None = None


class _Binding(_Part):
    thresholds: _StricterThresholds = _StricterThresholds()
    words: _Words = _Words()


class _Settings(_Part):
    first_quarter: Annotated[Text, AfterValidator(_quarter)]
    due_days: Annotated[Whole, Field(ge=0, le=90)]
    contact: Text = ""
    members: Names
    thresholds: _Thresholds
    binding: _Binding | None = None


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
    trail: Trail = tuple(step for step in error["loc"] if step != "[key]")
    kind, context = error["type"], error.get("ctx", {})
    key = str(trail[-1]) if trail else ""
    if kind == "missing":
        return source.problem(trail[:-1], f"缺少“{key}”", "请补上")
    if kind == "extra_forbidden":
        return source.problem(trail, f"不认识的项“{key}”", _hint(key, model))
    what = _called(trail)
    if kind == "value_error":
        return source.problem(trail, f"{what}{context['error']}", "请改正")
    said = _SAYINGS.get(kind, "写法不对").format(**_in_chinese(context))
    wrong = error["input"] if isinstance(error["input"], str) else ""
    return source.problem(trail, what + said + (_now(wrong) if wrong else ""))


def _hint(key: str, model: type[BaseModel]) -> str:
    if "：" in key:
        return "是全角冒号，请改成半角冒号加一个空格"
    near = difflib.get_close_matches(key, _keys(model), 1)
    return f"是否为 {near[0]}？" if near else "请删去或改正"


def _called(trail: Trail) -> str:
    """出错的一处叫什么：“target”，或“figures”的第 2 项。"""
    if not trail:
        return "整个文件"
    *above, last = trail
    return f"“{above[-1]}”的第 {last + 1} 项" if isinstance(last, int) else f"“{last}”"


def _in_chinese(context: dict[str, Any]) -> dict[str, Any]:
    """可选的词 pydantic 用 or 和引号连，改用顿号。"""
    words = re.findall(r"'([^']+)'", str(context.get("expected", "")))
    return {**context, "expected": "、".join(words)}


_SAYINGS = {
    "string_too_short": "不能为空",
    "string_type": "应是一段文字",
    "too_short": "至少要有 {min_length} 项",
    "too_long": "至多 {max_length} 项",
    "list_type": "应是列表，每项一行、以短横开头",
    "dict_type": "应是若干“项: 值”",
    "model_type": "应是若干“项: 值”",
    "enum": "只能是 {expected} 之一",
    "literal_error": "只能是 {expected} 之一",
    "int_type": "应是整数",
    "bool_parsing": "应是 true 或 false",
    "bool_type": "应是 true 或 false",
    "decimal_type": "应是数字",
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
