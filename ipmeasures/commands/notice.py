"""``ipm notice``：报送通知、提醒函、督办单，和贴到工作群里的话。"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ipmeasures.commands import recording
from ipmeasures.commands.dates import need_day, outside
from ipmeasures.commands.desk import (
    Desk,
    need_agency,
    open_desk,
    parse_quarter,
    tell_notes,
    user_name,
)
from ipmeasures.commands.options import AsOf, By, Home, QuarterOption
from ipmeasures.errors import UsageError
from ipmeasures.ledger.decision import Decision, DecisionKind
from ipmeasures.ledger.store import Ledger
from ipmeasures.plan.owed import agencies_owing
from ipmeasures.progress.reporting import due_date
from ipmeasures.quarter import Quarter
from ipmeasures.report.notice.chat import chat_text
from ipmeasures.report.notice.parts import Kind, Notice
from ipmeasures.report.notice.view import Occasion, notices

_DAYS = 5
"""请几天内回复；``--until`` 另定。"""


class What(StrEnum):
    """写哪一种。"""

    CALL = "call"
    REMINDER = "reminder"
    SUPERVISION = "supervision"
    CHAT = "chat"


def run(  # noqa: PLR0913, PLR0917 - 命令的选项
    quarter: QuarterOption = None,
    agency: Annotated[
        list[str] | None, typer.Option("--agency", metavar="单位", help="只给这一家，可写几次")
    ] = None,
    kind: Annotated[
        What | None,
        typer.Option(
            help="call 报送通知，reminder 提醒函，supervision 督办单，chat 群里的话；"
            "不写的，时限以前是报送通知，过了是提醒函"
        ),
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="日期", help=f"请何时前回复，默认 {_DAYS} 天内")
    ] = None,
    sent: Annotated[bool, typer.Option("--sent", help="已经发出，登记到台账里")] = False,
    out: Annotated[Path | None, typer.Option(metavar="文件夹", help="写到哪里")] = None,
    by: By = None,
    as_of: AsOf = None,
    home: Home = None,
) -> None:
    """写给各单位的文书；发不发、升不升级由人定，台账只记发过什么。"""
    desk = open_desk(home)
    desk.need_sound()
    if sent and as_of:
        raise UsageError("--sent 登记的是今天发出的，不能与 --as-of 合用")
    then = desk.until(as_of)
    today, plan = then.day, then.plan
    when = parse_quarter(quarter) or Quarter.of(today) + -1
    if said := outside(plan, when):
        raise UsageError(f"{said}，没有要发的文书；别的季度请写 --quarter")
    record = desk.record(then, when)
    tell_notes(then)
    chosen = kind or (What.CALL if today <= due_date(plan, when) else What.REMINDER)
    reply_by = need_day("--until", until) if until else today + dt.timedelta(days=_DAYS)
    if reply_by < today:
        raise UsageError(f"--until {reply_by.isoformat()} 已经过去了，请核对")
    number = 1 + _supervised(record.noticed, when)
    occasion = Occasion(plan, record.gaps(when), record.noticed, today, reply_by, number)
    if chosen is What.CHAT:
        print(chat_text(occasion))
        return
    names = [need_agency(plan, name) for name in agency or ()]
    made = notices(occasion, Kind(chosen.value), names or agencies_owing(plan))
    if not made:
        print(f"{when.label}没有要写{Kind(chosen.value).label}的单位")
        return
    folder = out or desk.workspace.reports / f"{when}-{Kind(chosen.value).label}"
    _write(desk, Kind(chosen.value), made, folder)
    if sent:
        _record(desk, Kind(chosen.value), when, made, by or user_name())
    elif record.exists:
        print("发出以后请加 --sent 再运行一次，台账里就有记录")


def _supervised(noticed: Sequence[Decision], quarter: Quarter) -> int:
    """这个季度登记过几份督办单。"""
    return sum(
        d.detail["kind"] == Kind.SUPERVISION and d.detail["quarter"] == str(quarter)
        for d in noticed
    )


def _write(desk: Desk, kind: Kind, made: Sequence[Notice], folder: Path) -> None:
    from ipmeasures.report.docx import render_docx  # noqa: PLC0415 - 排版的库用到才装载
    from ipmeasures.report.drafts import save_draft  # noqa: PLC0415 - 同上

    # 全写好了才存：模板坏了，一份也不动
    rendered = {
        one.agency: render_docx(one, desk.workspace.templates, kind.template) for one in made
    }
    for name, content in rendered.items():
        path = folder / f"{kind.label}-{name}.docx"
        saved = save_draft(path, content)
        if saved != path:
            print(f"{saved}（{path.name} 已有人改过，没有覆盖）")
    print(f"{kind.label} {len(made)} 份，在 {folder}")
    for one in made:
        print(f"  {one.agency}" + (f"：{'、'.join(one.items)}" if one.items else ""))
        for line in one.before:
            print(f"    {line}")


def _record(desk: Desk, kind: Kind, quarter: Quarter, made: Sequence[Notice], by: str) -> None:
    if not Ledger.exists(desk.workspace.ledger):
        raise UsageError("尚无入库记录，没有台账可登记；文书已经写好，收过第一份报表以后再登记")
    with Ledger.open(desk.workspace.ledger) as ledger:
        for one in made:
            ruling = desk.ruling(DecisionKind.NOTICE, one.agency, f"{quarter}{kind.label}", by)
            detail = {"kind": kind.value, "quarter": str(quarter), "items": list(one.items)}
            recording.decide(desk, ledger, replace(ruling, detail=detail))
    print(f"已登记 {len(made)} 份{kind.label}发出")
