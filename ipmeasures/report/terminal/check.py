"""计划检查的结果怎么说。"""

from collections.abc import Iterator

from ipmeasures.plan.coverage import Coverage
from ipmeasures.plan.model import Plan
from ipmeasures.report.terminal.layout import wrap


def check_text(plan: Plan) -> str:
    """没有错误时的清点、公文自身的矛盾和还缺的设定。"""
    tasks = sum(len(m.tasks) for m in plan.measures)
    lines = wrap(
        f"计划文件没有错误：{len(plan.sections)} 个部分，措施 {len(plan.measures)} 条，"
        f"任务 {tasks} 条，责任单位 {len(plan.agencies)} 家，指标 {len(plan.indicators)} 个，"
        f"量化任务 {len(plan.commitments)} 项，里程碑 {len(plan.milestones)} 项。"
    )
    lines += ["", "公文自身的矛盾和缺陷（照录，不改）：" + ("" if plan.flaws else "没有记下的")]
    for number, flaw in enumerate(plan.flaws, 1):
        text = f"{'、'.join(flaw.items)}：{flaw.text}"
        lines += wrap(text, first=f"  {number}. ", indent="     ")
    lines += ["", "办公室还没有设定的："]
    unset = list(_unset(plan))
    for text in unset:
        lines += wrap(text, first="  - ", indent="    ")
    if unset:
        lines.append("  在表里填：ipm settings export 导出，ipm settings import 导入。")
    return "\n".join(lines)


def coverage_text(found: Coverage) -> str:
    """与原文对照的结果。"""
    lines = [
        "",
        *wrap(
            f"与原文对照：计划的 {found.checked} 处核对了，对不上 {len(found.missing)} 处；"
            f"原文措施里有 {found.figures} 个数，没有着落 {len(found.loose)} 个。"
        ),
    ]
    for head, every in (("  对不上：", found.missing), ("  没有着落：", found.loose)):
        for said in every:
            lines += wrap(said, first=head, indent="    ")
    return "\n".join(lines)


def _unset(plan: Plan) -> Iterator[str]:
    without = [m.id for m in plan.measures if m.lead is None]
    if without:
        also = "" if any(m.lead_named for m in plan.measures) else "（公文未写牵头单位）"
        yield f"牵头单位：{len(without)} 条措施没有指定{also}"
    once = [m.id for m in plan.milestones if not m.recurring and m.due is None]
    if once:
        yield f"里程碑时限：{len(once)} 项没有日期（公文未定年限），不判逾期"
    named = {a.name for a in plan.agencies}
    if set(plan.settings.members) == named and any(m.collective for m in plan.measures):
        everyone = plan.document.collective
        yield f"{everyone}：公文没有名单，现按点名的 {len(named)} 家计；完整率的分母取决于它"
    silent = [a.name for a in plan.agencies if not a.contact]
    if silent:
        yield f"联系人和电话：{len(silent)} 家没有填写"
    unverified = [a.name for a in plan.agencies if any("待核" in r.note for r in a.renamed)]
    if unverified:
        yield f"更名日期待核：{'、'.join(unverified)}"
