"""从检查过的 YAML 树造出计划；不检查，形状由 ``schema`` 保证。"""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ipmeasures.plan.model import (
    COLLECTIVE,
    Agency,
    Amendment,
    Binding,
    Commitment,
    Document,
    Flaw,
    Indicator,
    Measure,
    Milestone,
    Namesake,
    Plan,
    Renaming,
    Reporting,
    Section,
    Settings,
    Thresholds,
    Waiver,
    stricter,
)
from ipmeasures.plan.target import FALLING_SIGNS, is_blank, read_target
from ipmeasures.plan.terms import Cadence, Direction, Nature, Path, Release, Rule
from ipmeasures.quarter import Quarter

Tree = dict[str, Any]


def build_plan(measures: Tree, targets: Tree, digest: str) -> Plan:
    """两棵树合成一个计划。

    Raises:
        LookupError, ValueError, TypeError, AttributeError, ArithmeticError: 树的形状不对（只会在摘要被人改过时出现）。
    """
    agencies = tuple(_agency(tree) for tree in measures["agencies"])
    named = tuple(a.name for a in agencies)
    settings = _settings(targets["settings"], named)
    return Plan(
        document=_document(measures["document"]),
        sections=tuple(Section(int(s["number"]), s["title"]) for s in measures["sections"]),
        agencies=agencies,
        measures=tuple(_measure(tree) for tree in measures["measures"]),
        indicators=tuple(_indicator(t, settings.members) for t in targets.get("indicators", ())),
        commitments=tuple(_commitment(t, settings.members) for t in targets.get("commitments", ())),
        milestones=tuple(
            _milestone(milestone, tree["id"], settings.members)
            for tree in measures["measures"]
            for milestone in tree.get("milestones", ())
        ),
        settings=settings,
        flaws=tuple(Flaw(tuple(t["items"]), t["text"]) for t in measures.get("flaws", ())),
        waivers=tuple(
            Waiver(t["measure"], t["text"], t["why"]) for t in measures.get("waivers", ())
        ),
        digest=digest,
    )


def _document(tree: Tree) -> Document:
    return Document(
        tree["title"],
        tree["number"],
        dt.date.fromisoformat(tree["issued_on"]),
        int(tree["base_year"]),
        int(tree["target_year"]),
        tree["issuer"],
        tree.get("place", ""),
        tree.get("short_title", ""),
        tree.get("duty", ""),
        tree.get("collective", COLLECTIVE),
    )


def _agency(tree: Tree) -> Agency:
    office = tree["office"]
    renamed = tuple(
        Renaming(r["name"], dt.date.fromisoformat(r["since"]), r.get("note", ""))
        for r in sorted(office.get("renamed", ()), key=lambda r: str(r["since"]))
    )
    aliases = tuple(office.get("aliases", ()))
    return Agency(
        tree["id"],
        tree["name"],
        office["full_name"],
        aliases,
        renamed,
        office.get("contact", ""),
        office.get("phone", ""),
        _truth(office.get("courtesy", "false")),
    )


def _measure(tree: Tree) -> Measure:
    collective = tree["agencies"] in ("collective", ["collective"])
    named = tree.get("lead")
    return Measure(
        tree["id"],
        int(tree["section"]),
        tree["title"],
        () if collective else tuple(tree["agencies"]),
        collective,
        tuple(tree["tasks"]),
        named or tree.get("office", {}).get("lead"),
        named is not None,
    )


def _milestone(tree: Tree, measure: str, members: tuple[str, ...]) -> Milestone:
    office = tree["office"]
    due = office.get("due")
    return Milestone(
        tree["id"],
        measure,
        tree["subject"],
        tree["wording"],
        _truth(tree["recurring"]),
        _names(office["reporters"], members),
        dt.date.fromisoformat(due) if due else None,
        tuple(tree.get("also_under", ())),
        tree.get("timing", ""),
    )


def _indicator(tree: Tree, members: tuple[str, ...]) -> Indicator:
    baseline, written = tree.get("baseline"), read_target(tree["target"])
    if written is None:
        raise ValueError(tree["target"])
    by_sign = "falling" if written.sign in FALLING_SIGNS else "rising"
    return Indicator(
        tree["id"],
        tree["name"],
        Decimal(baseline) if baseline and not is_blank(baseline) else None,
        written.figure,
        tree["attribute"],
        _reporting(tree, members),
        Direction(tree.get("direction", by_sign)),
        tuple(
            Amendment(dt.date.fromisoformat(a["since"]), Decimal(a["target"]), a["basis"])
            for a in tree.get("amendments", ())
        ),
        written.sign,
    )


def _commitment(tree: Tree, members: tuple[str, ...]) -> Commitment:
    return Commitment(
        tree["id"],
        tree["measure"],
        tree["subject"],
        tree["wording"],
        Rule(tree["rule"]),
        tuple(Decimal(f) for f in tree["figures"]),
        Cadence(tree["cadence"]),
        _reporting(tree, members),
        tree.get("same_as"),
    )


def _reporting(tree: Tree, members: tuple[str, ...]) -> Reporting:
    office = tree["office"]
    maximum = office.get("maximum")
    return Reporting(
        unit=tree["unit"],
        nature=Nature(office["nature"]),
        path=Path(office.get("path", "linear")),
        release=Release(office["release"]),
        decimals=int(office["decimals"]),
        reporters=_names(office["reporters"], members),
        tolerance=Decimal(office.get("tolerance", "0")),
        combine=office.get("combine"),
        prompt=office.get("prompt", ""),
        verify=office.get("verify", ""),
        maximum=Decimal(maximum) if maximum else None,
        waypoints=tuple(
            sorted((int(y), Decimal(v)) for y, v in office.get("waypoints", {}).items())
        ),
        namesakes=tuple(
            Namesake(n["name"], tuple(Decimal(v) for v in n["values"]))
            for n in office.get("namesakes", ())
        ),
        agrees_with=office.get("agrees_with"),
    )


def _settings(tree: Tree, named: tuple[str, ...]) -> Settings:
    thresholds = Thresholds(**_thresholds(tree["thresholds"]))
    return Settings(
        Quarter.parse(tree["first_quarter"]),
        int(tree["due_days"]),
        named if tree["members"] in ("named", ["named"]) else tuple(tree["members"]),
        thresholds,
        tree.get("contact", ""),
        _binding(tree["binding"], thresholds) if "binding" in tree else None,
    )


def _binding(tree: Tree, thresholds: Thresholds) -> Binding:
    """没有写的界线，同一般的，只是不留余量。"""
    changed = _thresholds(tree.get("thresholds", {}))
    words = tuple(tree.get("words", {}).items())
    return Binding(replace(stricter(thresholds), **changed), words)


def _thresholds(tree: Tree) -> Tree:
    whole = ("stale_quarters", "due_soon_days")
    return {
        key: text if key == "preset" else int(text) if key in whole else Decimal(text)
        for key, text in tree.items()
    }


def _names(value: str | list[str], members: tuple[str, ...]) -> tuple[str, ...]:
    return members if value in ("members", ["members"]) else tuple(value)


def _truth(text: str) -> bool:
    return text.strip().lower() in ("true", "yes", "on", "y", "t", "1")
