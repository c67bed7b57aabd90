"""核稿的结果在终端上怎么说。"""

from collections.abc import Mapping, Sequence
from typing import Any

from ipmeasures.quarter import Quarter
from ipmeasures.report.json_view import Json
from ipmeasures.report.proof.compare import Difference, Proof
from ipmeasures.report.terminal.layout import clip, wrap

_LONGEST = 140


def proof_text(file: str, quarter: Quarter, proof: Proof) -> str:
    """一个不同的数一段：在哪里，写的和台账的，那一句。"""
    found = len(proof.differences)
    said = f"{found} 个不是台账里的" if found else "都与台账一致"
    lines = wrap(f"{file}（{quarter.label}）：核对 {proof.figures} 个数，{said}")
    for one in proof.differences:
        lines += ["", *_difference(one)]
    return "\n".join(lines)


def drafts_text(edited: str, saved: str, proof: Proof) -> str:
    """两稿有哪些数不同：改过的那一稿写的，和下一稿照现在的台账写的。"""
    found = len(proof.differences)
    lines = [f"改过的稿：{edited}", f"新的一稿：{saved}（照现在的台账写成）"]
    lines.append(
        f"核对改过的稿里 {proof.figures} 个数，{found} 个与新的一稿不同。"
        if found
        else "两稿的数都相同。"
    )
    for one in proof.differences:
        about = f"{one.item} " if one.item else ""
        now = one.ledger or "没有这个数"
        lines += [
            "",
            f"{about}{one.place}：改过的稿 {one.written}，新的一稿 {now}",
            f"  {one.sentence}",
        ]
    return "\n".join([*lines, ""])


def _difference(one: Difference) -> list[str]:
    ledger = f"台账 {one.ledger}" if one.ledger else "台账里没有这个数，请核对出处"
    about = f"{one.item} " if one.item else ""
    return [
        *wrap(f"{about}{one.place}：写的 {one.written}，{ledger}", indent="  "),
        *wrap(clip(one.sentence, _LONGEST), first="  ", indent="  "),
    ]


def issued_lines(
    file: str, quarter: Quarter, detail: Mapping[str, Any], missing: Sequence[str]
) -> list[str]:
    """登记了什么、接着做什么。"""
    number = detail["number"] or "没有写文号"
    said = f"已登记：{quarter.label}报告 {file}（{number}，{detail['date']} 印发）"
    lines = wrap(said, indent="  ")
    lines += wrap(f"印了 {len(detail['figures'])} 项的本期数，存在台账里备查", first="  ")
    if missing:
        names = "、".join(missing)
        lines += wrap(f"表里没有这几项，没有登记：{names}", first="  ", indent="  ")
    told = [f"{item}（{when}）" for when, rows in detail["corrected"].items() for item in rows]
    if told:
        lines += wrap(f"数据更正说明已说明：{'、'.join(told)}", first="  ", indent="  ")
    return [*lines, f"  要停收这个季度的表，请用 ipm lock {quarter} --why 已印发"]


def proof_json(file: str, quarter: Quarter, proof: Proof) -> Json:
    """同上，给程序用。"""
    return {
        "file": file,
        "quarter": str(quarter),
        "figures": proof.figures,
        "differences": [
            {
                "place": one.place,
                "item": one.item or None,
                "written": one.written,
                "ledger": one.ledger or None,
                "sentence": one.sentence,
            }
            for one in proof.differences
        ],
    }
