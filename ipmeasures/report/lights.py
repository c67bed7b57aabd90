"""灯的样子：浅底、深色的形状和字；各种格式用同一套颜色，颜色旁边总有形状和文字。"""

from dataclasses import dataclass

from ipmeasures.report.rules import LIGHTS


@dataclass(frozen=True, slots=True)
class Lamp:
    """一种灯。``fill`` 是浅底色，``ink`` 是深色（都是六位十六进制）；``path`` 是 16×16 格里的形状。

    深色与白底、与浅底的对比都在 4.5 以上；形状各不相同，黑白打印、色觉不同的人也分得出。
    """

    word: str
    fill: str
    ink: str
    path: str


_SHAPES = {
    "red": ("F4B6B0", "8F1D14", "M3 3h10v10H3z"),
    "yellow": ("FFE699", "6B4A00", "M8 2l6.5 12h-13z"),
    "green": ("C6E5B3", "1F5A22", "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2z"),
    "blue": ("BDD7EE", "164A7A", "M8 1l7 7-7 7-7-7z"),
    "grey": ("D9D9D9", "454B52", "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zm0 2.4a3.6 3.6 0 1 1 0 7.2 3.6 3.6 0 0 1 0-7.2z"),
    "star": ("A9D08E", "1B4D1E", "M8 .8l2.2 4.7 5.1.6-3.8 3.5 1 5.1L8 12.2l-4.5 2.5 1-5.1L.7 6.1l5.1-.6z"),
    "none": ("FFFFFF", "3A4650", "M2 7h12v2.4H2z"),
}  # fmt: skip
LAMPS = {name: Lamp(LIGHTS[name], *look) for name, look in _SHAPES.items()}
# 图上的三样线：实际、序时应达、目标
ACTUAL, PLANNED, GOAL = "1F4E79", "6B7680", "8F1D14"
