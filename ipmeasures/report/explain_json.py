"""``ipm explain --format json``：判定的依据，给程序读；数是十进制文字，各行的字与终端的一样。"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields

from ipmeasures.ledger.entry import Entry
from ipmeasures.plan.model import Commitment, Indicator, Plan, Thresholds
from ipmeasures.progress.gaps import Gap
from ipmeasures.progress.outlook import Unforeseen
from ipmeasures.quarter import Quarter
from ipmeasures.report.basis import Basis, basis_of
from ipmeasures.report.formulas import formulas
from ipmeasures.report.json_view import Json, decimal_text, outlook_json
from ipmeasures.report.terminal.explain import demand_text, explain_lines
from ipmeasures.report.used import NOW, Used


def explain_json(
    plan: Plan, gap: Gap, entries: Sequence[Entry], quarter: Quarter, today: dt.date
) -> Json:
    """一个事项在一个季度的判定过程；措施和里程碑没有算式，只有各行的字。"""
    found, item = gap.assessment, plan.items[gap.id]
    known = [e for e in entries if e.quarter <= quarter]
    document: Json = {
        "item": gap.id,
        "name": gap.name,
        "kind": gap.kind,
        "unit": gap.unit,
        "quarter": str(quarter),
        "as_of": today.isoformat(),
        "status": found.status.value,
        "status_text": found.status_text,
        "light": found.light,
        "rule": found.rule or None,
        "note": found.note or None,
    }
    if isinstance(item, (Indicator, Commitment)):
        document |= _figure(plan, basis_of(plan, item, gap, known, quarter))
    document["lines"] = list(explain_lines(plan, gap, entries, quarter, today))
    return document


def _figure(plan: Plan, basis: Basis) -> Json:
    how, outlook = basis.source.how, basis.found.outlook
    every = formulas(basis.item.how, basis.goal, basis.case, basis.known, basis.quarter)
    return {
        "demand": demand_text(basis.item, basis.goal),
        "settings": {
            "nature": how.nature.value,
            "path": how.path.value,
            "release": how.release.value,
            "tolerance": decimal_text(how.tolerance),
            "reporters": list(how.reporters),
            "combine": how.combine,
            "binding": basis.goal.binding,
        },
        "thresholds": _thresholds(basis.limits),
        "data": _age(basis),
        "figures": [_used(used) for used in basis.used],
        "formulas": [_parted(line) for line in every if "＝" in line],
        "rules": [
            {
                "rule": each.step.name,
                "status": each.step.status.value,
                "words": each.step.words,
                "outcome": each.outcome.value,
                "because": each.because or None,
            }
            for each in basis.checked
        ],
        "outlook": outlook_json(plan, basis.found),
        "outlook_missing": outlook.label if isinstance(outlook, Unforeseen) else None,
    }


def _thresholds(limits: Thresholds) -> Json:
    found = {field.name: getattr(limits, field.name) for field in fields(limits)}
    return {key: v if isinstance(v, (str, int)) else decimal_text(v) for key, v in found.items()}


def _age(basis: Basis) -> Json | None:
    figure = basis.case.figure
    if figure is None:
        return None
    received = [u.entry.received_on for u in basis.used if NOW in u.role.split("、")]
    return {
        "data_at": str(figure.at),
        "quarters_old": basis.quarter - figure.at,
        "stale_quarters": basis.case.stale_quarters,
        "carried_year": basis.case.carried_year,
        "received_on": max(received).isoformat(),
    }


def _used(used: Used) -> Json:
    entry = used.entry
    return {
        "role": used.role or None,
        "agency": entry.agency,
        "quarter": str(entry.quarter),
        "state": entry.state.value,
        "value": decimal_text(entry.value),
        "data_at": str(entry.data_at) if entry.data_at else None,
        "receipt": entry.receipt,
        "file": entry.file,
        "sheet": entry.sheet,
        "cell": entry.cell,
        "received_on": entry.received_on.isoformat(),
    }


def _parted(line: str) -> Json:
    """“名＝式＝数”分成三段；没有式的，式为 ``None``。"""
    name, *middle, result = line.split("＝")
    return {"name": name, "expression": "＝".join(middle) or None, "result": result}
