"""中文数字：一百二十 → 120。只认写得规矩的，拿不准的不认。"""

_DIGITS = "零一二三四五六七八九"
_SMALL = {"千": 1_000, "百": 100, "十": 10}
_LARGE = {"亿": 100_000_000, "万": 10_000}
_VARIANTS = str.maketrans(
    "〇壹贰叁肆伍陆柒捌玖拾佰仟两貳參陸萬億", "零一二三四五六七八九十百千二二三六万亿"
)


def read_chinese(text: str) -> int | None:
    """中文写的非负整数；不规矩的（一百二、二〇二三）返回 ``None``。

    先松着读，再写回去对：写回去不一样，就说明有别的读法。
    """
    text = text.translate(_VARIANTS)
    if text.startswith("十"):
        text = "一" + text
    value = _loosely(text)
    return value if value is not None and text == _written(value) else None


def _loosely(text: str) -> int | None:
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS.index(character)
        elif character in _SMALL:
            section += digit * _SMALL[character]
            digit = 0
        elif character == "万":
            total, section, digit = total + (section + digit) * 10_000, 0, 0
        elif character == "亿":
            # 亿前面的万不算：到了万亿的不认
            total, section, digit = (section + digit) * 100_000_000, 0, 0
        else:
            return None
    return total + section + digit


def _written(value: int) -> str:
    """规矩的写法：中间空几位都只写一个零。"""
    for mark, size in {**_LARGE, **_SMALL}.items():
        if value >= size:
            high, low = divmod(value, size)
            gap = "零" if 0 < low < size // 10 else ""
            return _written(high) + mark + gap + (_written(low) if low else "")
    return _DIGITS[value]
