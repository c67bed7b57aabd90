"""进度条：活儿长、在终端上才画，画在标准错误上。"""

import io
import sys

import pytest

from ipmeasures.commands.bar import bar


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("length", "terminal", "drawn"), [(100, True, True), (99, True, False), (100, False, False)]
)
def test_only_for_long_work_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, length: int, *, terminal: bool, drawn: bool
) -> None:
    screen = _Terminal() if terminal else io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    with bar("正在核对", length, least=100) as advance:
        advance(40)
        advance(20)
    assert ("正在核对" in screen.getvalue()) is drawn
    assert ("100%" in screen.getvalue()) is drawn
