"""``ipm report --from --to``：几年合起来的中期评估。"""

from pathlib import Path

from ipmeasures import __version__
from ipmeasures.commands.desk import Desk, Record
from ipmeasures.errors import UsageError
from ipmeasures.progress.reporting import reporting_of
from ipmeasures.quarter import Quarter
from ipmeasures.report.drafts import save_draft
from ipmeasures.report.material import Made, Material
from ipmeasures.report.review.parts import ReviewView
from ipmeasures.report.review.view import Span, review

_FORMATS = ("md", "docx")


def write_review(
    desk: Desk, record: Record, years: tuple[int, int], formats: list[str], folder: Path
) -> list[Path]:
    """写一份中期评估，返回写在哪里；人改过的不覆盖。

    Raises:
        UsageError: 年份不在计划期里、还没有开始，或格式没有。
    """
    unknown = [form for form in formats if form not in _FORMATS]
    if unknown:
        raise UsageError(f"中期评估没有 {'、'.join(unknown)} 格式，可用：{'、'.join(_FORMATS)}")
    shown = _view(record, *years)
    # 各种格式全写好了才存：模板坏了，原来的一份也不动
    rendered = {form: _render(desk, shown, form) for form in formats}
    return [
        save_draft(folder / f"{shown.name}.{form}", content) for form, content in rendered.items()
    ]


def _view(record: Record, first: int, last: int) -> ReviewView:
    document = record.plan.document
    if not document.base_year < first <= last <= document.target_year:
        span = f"{document.base_year + 1} 到 {document.target_year}"
        raise UsageError(f"评估期 {first} 到 {last} 不在计划期（{span}）里，请核对 --from 和 --to")
    end = _end(record, last)
    if end.year < first:
        raise UsageError(f"{first}年还没有结束的季度，没有可评估的")
    known = tuple(e for e in record.entries if e.quarter <= end)
    made = _made(record)
    gaps = record.gaps(end)
    material = Material(record.plan, gaps, known, record.receipts, record.confirmations, made)
    quarters = [Quarter(year, n) for year in range(first, end.year + 1) for n in (1, 2, 3, 4)]
    reportings = [
        reporting_of(record.plan, record.receipts, q, record.day, record.sent_back)
        for q in quarters
        if q <= end
    ]
    return review(material, Span(first, last, reportings))


def _end(record: Record, last: int) -> Quarter:
    """评估到哪个季度：末年第四季度；那时还没有报表的，是有报表的最近一个。"""
    latest = min(Quarter(last, 4), Quarter.of(record.day) + -1)
    return max((r.quarter for r in record.receipts if r.quarter <= latest), default=latest)


def _made(record: Record) -> Made:
    last = record.last_receipt
    return Made(record.day, last.receipt if last else None, record.head, __version__)


def _render(desk: Desk, shown: ReviewView, form: str) -> bytes:
    if form == "md":
        from ipmeasures.report.markdown import render_markdown  # noqa: PLC0415 - 用到才装载

        text = render_markdown(shown, desk.workspace.templates, template="review.md.j2")
        return text.encode("utf-8")
    from ipmeasures.report.docx import render_docx  # noqa: PLC0415 - 用到才装载

    return render_docx(shown, desk.workspace.templates, "review.docx")
