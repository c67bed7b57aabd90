"""模板的毛病怎么说：哪个文件、哪一段、什么错、怎么办。"""

import re
from collections.abc import Iterable
from pathlib import Path

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from ipmeasures.errors import IpmError, UsageError

PAIRS = "{{ 与 }}、{% 与 %} 要成对，for 要有 endfor，if 要有 endif"
_TAG = re.compile(r"{[{%].*?[%}]}", re.DOTALL)
_NAMES = (
    re.compile(r"^'(?P<name>\w+)' is undefined"),
    re.compile(r"has no attribute '(?P<name>\w+)'"),
    re.compile(r"has no element '?(?P<name>\w+)'?"),
    re.compile(r"[Nn]o (?:filter|test) named '(?P<name>\w+)'"),
)


def markdown_trouble(error: Exception, path: Path) -> IpmError:
    """``report.md.j2`` 的错误。"""
    if isinstance(error, TemplateNotFound):
        return missing(path)
    if isinstance(error, UnicodeDecodeError):
        return UsageError(f"{path.name} 不是 UTF-8 编码，请用 UTF-8 另存")
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        text = ""
    return trouble(error, path.name, text.splitlines())


def missing(path: Path) -> IpmError:
    """模板不在，或读不了。"""
    return UsageError(f"读不到模板 {path}，请确认文件在；可用 ipm init 新建一个文件夹，从中取回")


def damaged(path: Path) -> IpmError:
    """模板打不开。"""
    return UsageError(
        f"模板 {path.name} 打不开（不是 Word 文档或已损坏），请恢复备份，或用 ipm init 取回原样"
    )


def trouble(error: Exception, file: str, paragraphs: Iterable[str]) -> IpmError:
    """写的时候出的错：没有的名字、写错的标记、不许的操作；指出所在的段落。"""
    lines = list(paragraphs)
    if isinstance(error, TemplateSyntaxError):
        where = _of_name(_name(error), lines) or _of_line(error.lineno, file, lines)
        return UsageError(f"模板 {file} 的标记写错了{where}；{PAIRS}，请改正或恢复原样")
    name = _name(error)
    if isinstance(error, UndefinedError) and name:
        return UsageError(
            f"模板 {file} 用了没有的名字“{name}”{_of_name(name, lines)}，请改为说明里列出的名字（ipm template vars）"
        )
    if isinstance(error, SecurityError):
        return UsageError(f"模板 {file} 里有不允许的操作，请只写说明里列出的名字")
    return UsageError(f"模板 {file} 里有算不出来的写法，请只写说明里列出的名字，或恢复原样")


def _name(error: Exception) -> str:
    found = (pattern.search(str(error)) for pattern in _NAMES)
    return next((match["name"] for match in found if match), "")


def _of_name(name: str, lines: list[str]) -> str:
    word = re.compile(rf"\b{re.escape(name)}\b") if name else None
    for line in lines:
        if word and any(word.search(tag) for tag in _TAG.findall(line)):
            return f"，在这一段：{line.strip()}"
    return ""


def _of_line(number: int, file: str, lines: list[str]) -> str:
    """Markdown 模板的行号就是文件的行号；Word 模板没有行号，说不出的不说。"""
    if file.endswith(".docx") or not 0 < number <= len(lines):
        broken = [line for line in lines if line.count("{%") + line.count("{{") != _closed(line)]
        return f"，在这一段：{broken[0].strip()}" if broken else ""
    return f"，在第{number}行：{lines[number - 1].strip()}"


def _closed(line: str) -> int:
    return line.count("%}") + line.count("}}")
