"""一份表再怎么填也不会超过的数：超过的多半是拿错了表、整列错了位，不一处一处说下去。

与 ``workbook/limits.py`` 的上限合起来，任何文件都在 10 秒、512 MiB 之内有答复。二十个单位、
二十四个季度、每季一百多行，全部历史也不到这里的四分之一。
"""

from collections.abc import Sequence

from ipmeasures.problem import Problem
from ipmeasures.returns.workbook.refusal import too_large

MAX_LINES = 20_000
MAX_RETURNS = 2_000
MAX_PROBLEMS = 20_000


def check_bounds(lines: int, returns: int, *problems: Sequence[Problem]) -> None:
    """报了内容的行、单位和季度的组合、说得出的问题，都不太多。

    Args:
        lines: 到现在报了内容的行数。
        returns: 到现在有几个单位的几个季度。
        problems: 到现在的问题，可以分几处。

    Raises:
        FileRefused: 有一样超过了上限；问题太多的，说头一处是什么。
    """
    if lines > MAX_LINES:
        raise too_large(f"填了内容的行超过 {MAX_LINES} 行")
    if returns > MAX_RETURNS:
        raise too_large(f"单位和季度的组合超过 {MAX_RETURNS} 个")
    if sum(map(len, problems)) > MAX_PROBLEMS:
        first = next(found[0] for found in problems if found)
        where = f"头一处 {first.place}：{first.message}"
        raise too_large(f"问题超过 {MAX_PROBLEMS} 处（{where}），多半是拿错了表或整列错了位")
