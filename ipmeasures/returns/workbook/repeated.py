"""反复收到的部件只解析一次：同一张表发给几十个单位，关系、表的清单、样式常常一字不差。"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import chain
from typing import TypeVar

_Found = TypeVar("_Found")
_Read = Callable[[str, Iterable[bytes]], _Found]
_KEPT = 16


def once(read: _Read[_Found]) -> _Read[_Found]:
    """``read`` 的结果按部件的名称和内容记着；一块装不下的（不是平常的表）每次照读。

    结果会一再交出去，所以 ``read`` 给的要是不再改动的值。部件照样整个解压、核对过校验和才算数。
    """

    @lru_cache(maxsize=_KEPT)
    def remembered(part: str, content: bytes) -> _Found:
        return read(part, (content,))

    def reading(part: str, chunks: Iterable[bytes]) -> _Found:
        rest = iter(chunks)
        first, second = next(rest, b""), next(rest, b"")
        if second:
            return read(part, chain((first, second), rest))
        return remembered(part, first)

    return reading
