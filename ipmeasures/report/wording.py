"""写公文用的小词：数目、顿号、分段和节录。"""

import datetime as dt
import re
from collections.abc import Iterable

MORE = "（全文见附件2）"
_DIGITS = "〇一二三四五六七八九"
_SENTENCE = re.compile(r"[^。！？]*[。！？]+[”’」』）)]*")
_HANGING = "，、,。"  # 一句话不能停在这些上面
_PAUSES = "；：;:"  # 后面还有一段的可以停
_LOST = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # 文档里存不下的，和控制字符


def chinese(number: int) -> str:
    """1 到 99 的中文数目：一、十二、二十三。"""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"


def years_long(count: int) -> str:
    """几年：五年、两年。"""
    return f"{'两' if count == 2 else chinese(count)}年"


def day(date: dt.date) -> str:
    """2023年7月10日。"""
    return f"{date.year}年{date.month}月{date.day}日"


def lines(text: str | None) -> tuple[str, ...]:
    """文字分成各段：一行一段，去掉首尾空白、空行和文档里存不下的控制字符。"""
    split = (text or "").splitlines()
    return tuple(line for line in map(_clean, split) if line)


def one_line(text: str | None) -> str:
    """写成一行：各段之间空一格。"""
    return " ".join(lines(text))


def stopped(text: str) -> str:
    """句末没有标点的补句号；停在逗号、顿号上的，和句号重了的，都成一个句号。"""
    return _closed(text, _HANGING)


def finished(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """一个单位的几段话，各段收好；最后一段后面再没有话，停在分号、冒号上的也成句号。"""
    *before, last = paragraphs
    return (*map(stopped, before), _closed(last, _HANGING + _PAUSES))


def unstopped(text: str) -> str:
    """去掉句末的标点，好接着写；只有标点的照旧。"""
    return text.rstrip(f"{_HANGING}{_PAUSES}") or text


def marked(name: str, mark: str) -> str:
    """名称后面注明一样；名称自己带着括注的，写进同一个括号：某局（原某分局；推进中）。"""
    return f"{name.removesuffix('）')}；{mark}）" if name.endswith("）") else f"{name}（{mark}）"


def flat(text: str) -> str:
    """写进括号里的话：自己带着括注的改用逗号，括号里不再有括号。"""
    return text.replace("（", "，").replace("）", "")


def shorten(paragraphs: tuple[str, ...], limit: int = 120) -> tuple[str, ...]:
    """正文里的节录：只在句末截，至少留一整句；截过的注明全文在附件2。"""
    kept: list[str] = []
    room = limit
    for paragraph in paragraphs:
        taken = _whole_sentences(paragraph, room, required=not kept)
        if taken:
            kept.append(taken)
        room -= len(taken)
        if taken != paragraph:
            break
    if tuple(kept) == paragraphs:
        return paragraphs
    return (*kept[:-1], f"{finished(kept)[-1]}{MORE}")


def said_by(name: str, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """各段文字，收好句末，头一段前写明是谁说的。"""
    if not paragraphs:
        return ()
    head, *rest = finished(paragraphs)
    return (f"{name}：{head}", *rest)


def listed(names: Iterable[str], blank: str = "无") -> str:
    """用顿号连起来。"""
    return "、".join(names) or blank


def spans(numbers: Iterable[int]) -> str:
    """序号连成一串，三个以上连着的写起止：2、4至9、11。"""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = (f"{run[0]}至{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs)
    return "、".join(told)


def _whole_sentences(text: str, room: int, *, required: bool) -> str:
    if len(text) <= room:
        return text
    end = 0
    for found in _SENTENCE.finditer(text):
        if found.end() > room and (end or not required):
            break
        end = found.end()
    if not end and required:
        return text
    return text[:end]


def _closed(text: str, spare: str) -> str:
    body = text.rstrip(spare)
    if text.endswith(MORE) or not body:
        return text
    ends = body.rstrip("”’」』）)").endswith(tuple("。！？；：…!?;:."))
    return body if ends else f"{body}。"


def _clean(line: str) -> str:
    return _LOST.sub("", line.replace("\t", " ")).strip()
