"""表的身份：隐藏着，只认编号、单位和性质。"""

import pytest

from ipmeasures.forms.identity import Identity, fingerprint, identity_of
from ipmeasures.plan.model import Plan
from ipmeasures.plan.owed import owed_by
from tests.forms import QUARTER, consolidated, issued
from tests.plan import MEASURES, TARGETS, facts, once, plan_of, real_plan

MARKET = facts.MARKET


def pairs(book) -> dict[str, str]:  # noqa: ANN001
    sheet = book["_标识"]
    assert sheet.sheet_state == "hidden"
    return {row[0].value: row[1].value for row in sheet.iter_rows()}


@pytest.mark.parametrize("agency", facts.AGENCIES)
def test_every_form_carries_its_identity(agency: str) -> None:
    """版本、单位、季度、指纹、文号都在，读回来与写进去的相同。"""
    written = pairs(issued(agency))
    assert list(written) == ["表单版本", "责任单位", "报送期", "指纹", "文号"]
    assert (written["责任单位"], written["报送期"]) == (agency, "2023Q2")
    assert written["文号"] == facts.NUMBER
    owed = owed_by(real_plan(), agency)
    assert Identity.from_pairs(written) == identity_of(owed, QUARTER, facts.NUMBER)


def test_consolidated_identity() -> None:
    """汇总表的单位写 *。"""
    written = pairs(consolidated())
    assert (written["责任单位"], written["报送期"]) == ("*", "2023Q2")
    assert Identity.from_pairs(written) is not None


@pytest.mark.parametrize("key", ["表单版本", "责任单位", "报送期", "指纹", "文号"])
def test_identity_must_be_whole(key: str) -> None:
    """缺一项就不算身份。"""
    written = pairs(issued("市公安局"))
    del written[key]
    assert Identity.from_pairs(written) is None


def _print(plan: Plan) -> str:
    return fingerprint(owed_by(plan, MARKET))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    name: 海外发明专利授权量\n", "    name: 海外专利授权量\n"),
        ("    target: 180\n", "    target: 190\n"),
        ("      prompt: 截至本季末有效注册商标量，万件，四位小数\n", ""),
        ("  due_days: 10\n", "  due_days: 15\n"),
        ("    wording: 每年争取2个\n", "    wording: 每年2个\n"),
    ],
)
def test_fingerprint_ignores_words_and_settings(old: str, new: str) -> None:
    """名称、目标、口径、时限变了，已发出的表照收。"""
    assert _print(plan_of(targets=once(TARGETS, old, new))) == _print(real_plan())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "    name: 海外发明专利授权量\n    unit: 件\n",
            "    name: 海外发明专利授权量\n    unit: 项\n",
        ),
        ("      nature: accumulated\n", "      nature: level\n"),
        ("  - id: I11\n", "  - id: I12\n"),
    ],
)
def test_fingerprint_knows_units_natures_ids(old: str, new: str) -> None:
    """编号、计量单位、性质变了，指纹就变。"""
    assert _print(plan_of(targets=once(TARGETS, old, new))) != _print(real_plan())


def test_fingerprint_knows_which_rows() -> None:
    """多一项、少一项，指纹就变；各行写的先后不影响。"""
    more = MEASURES.replace("reporters: [市发展改革委]", f"reporters: [{MARKET}]", 1)
    assert _print(plan_of(more)) != _print(real_plan())
    first, second = TARGETS.index("  - id: I10\n"), TARGETS.index("  - id: I11\n")
    end = TARGETS.index("\ncommitments:\n")
    swapped = TARGETS[:first] + TARGETS[second:end] + TARGETS[first:second] + TARGETS[end:]
    assert _print(plan_of(targets=swapped)) == _print(real_plan())
