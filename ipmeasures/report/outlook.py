"""预测怎么说：一律标明“预测”，只说照什么速度推算约为多少，不作保证。"""

from ipmeasures.plan.model import Commitment, FigureItem, Indicator, Plan
from ipmeasures.plan.terms import Cadence, Nature
from ipmeasures.progress.assessment import Assessment
from ipmeasures.progress.outlook import Outlook, Pace, Unforeseen
from ipmeasures.progress.rounding import half_up
from ipmeasures.report.numbers import figure
from ipmeasures.report.wording import chinese

LABEL = "预测"


def forecast(item: FigureItem, found: Assessment) -> str:
    """一句话：照近四季（没有的照基期以来）的速度到期末约多少，如期完成要快几倍；没有的为空。"""
    outlook = found.outlook
    if not isinstance(outlook, Outlook):
        return ""
    pace = outlook.recent or outlook.overall
    if pace is None:
        return ""
    words = f"{LABEL}：{_ends_at(item, outlook, pace)}"
    if outlook.speed_up is not None and half_up(outlook.speed_up, 2) > 1:
        words += f"；如期完成需提速到{by_pace(outlook, pace)}的{figure(outlook.speed_up, 2)}倍"
    return words


def disagreement(item: FigureItem, found: Assessment) -> str:
    """预测与灯相反时的一句话；不相反的为空。"""
    outlook = found.outlook
    if not isinstance(outlook, Outlook) or not outlook.disagrees or outlook.recent is None:
        return ""
    return f"{LABEL}：目前判为{found.status_text}，但{_ends_at(item, outlook, outlook.recent)}"


def disagrees(found: Assessment) -> bool:
    """预测与灯相反。"""
    return isinstance(found.outlook, Outlook) and found.outlook.disagrees


def outlook_words(plan: Plan, found: Assessment) -> str:
    """一个事项的一句预测：与灯相反的说相反，其余说约为多少；没有预测的为空。"""
    item = plan.items[found.item]
    if not isinstance(item, (Indicator, Commitment)):
        return ""
    return disagreement(item, found) or forecast(item, found)


def remark(plan: Plan, found: Assessment) -> str:
    """表里“预测”一格：一句话；没有预测而有数的，说为什么（数据不足）。"""
    if isinstance(found.outlook, Unforeseen) and found.outlook is not Unforeseen.NOTHING:
        return found.outlook.label
    words = outlook_words(plan, found).removeprefix(f"{LABEL}：")
    return words or ("没有可比的数" if isinstance(found.outlook, Outlook) else "")


def by_pace(outlook: Outlook, pace: Pace) -> str:
    """照什么速度：近四季（那一季没有数的，是近几季），或某年底以来的。"""
    if pace != outlook.recent:
        return f"{pace.since.year}年底以来"
    return f"近{chinese(pace.quarters)}季"


def at_end(item: FigureItem, outlook: Outlook) -> str:
    """推到何时的什么数：到2025年底、到2025年底累计、2025年全年。"""
    year = f"{outlook.ends.year}年"
    if outlook.rolling or item.how.nature is Nature.ANNUAL:
        return f"{year}全年"
    added = _is_average(item) or item.how.nature is Nature.ACCUMULATED
    return f"到{year}底{'累计' if added else ''}"


def about(item: FigureItem, outlook: Outlook, pace: Pace) -> str:
    """推算出的数；四舍五入后恰是目标、其实差一点的，多写几位小数。"""
    places, most = item.how.decimals, item.how.decimals + 4
    while places < most and half_up(pace.at_end, places) == outlook.goal != pace.at_end:
        places += 1
    return f"{half_up(pace.at_end, places):f}{item.how.unit}"


def enough(item: FigureItem, outlook: Outlook, pace: Pace) -> str:
    """推算出的数够不够：达到目标、达不到本年要求。"""
    yearly = isinstance(item, Commitment) and item.cadence is Cadence.YEARLY
    asked = "本年要求" if yearly else "合计要求" if _is_average(item) else "目标"
    goal = f"{figure(outlook.goal, item.how.decimals)}{item.how.unit}"
    if pace.enough:
        return f"达到{asked}{goal}{'，超出计划区间' if pace.surplus else ''}"
    return f"达不到{asked}{goal}"


def _is_average(item: FigureItem) -> bool:
    # 不用 amounts 的：gaps 用不着报告的那一套，装载要多花几毫秒
    return isinstance(item, Commitment) and item.cadence is Cadence.AVERAGE


def _ends_at(item: FigureItem, outlook: Outlook, pace: Pace) -> str:
    return (
        f"按{by_pace(outlook, pace)}的速度，{at_end(item, outlook)}约为"
        f"{about(item, outlook, pace)}，{enough(item, outlook, pace)}"
    )
