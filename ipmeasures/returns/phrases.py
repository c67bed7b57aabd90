"""等于没有说的话：空话、代替空格的符号，和写在理由里的“不适用”“撤回”。只在这里定。"""

import re
import unicodedata

from ipmeasures.returns.figure import BLANK_SIGNS, state_word

_EMPTY = frozenset({
    "正在推进", "推进中", "有序推进", "稳步推进", "持续推进", "加快推进", "按计划推进", "正常推进", "正在进行",
    "进行中", "正在开展", "已开展", "按要求落实", "认真落实", "已落实", "继续推进", "继续努力", "加强工作",
    "加大力度", "高度重视", "同上", "同上季度", "见附件", "详见附件", "其他", "略",
})  # fmt: skip
_NOTHING = frozenset({"没有说明", "无说明", "无原因", "无理由", "不详"})
_PUNCTUATION = re.compile(r"[\s，。；：、！,.;:!（）()“”\"']+")
# 一个字也没有，只有符号和数码
_WORDLESS = re.compile(r"[\W\d_]*")


def is_empty_phrase(text: str) -> bool:
    """只有“正在推进”一类的话。"""
    return _bare(text) in _EMPTY


def is_reason(text: str) -> bool:
    """写了理由：不是空着，不是符号、状态词，也不是空话。

    “存在问题”里写“无”是一句话，不归这里管。
    """
    word = _bare(text)
    if _WORDLESS.fullmatch(word) or state_word(word) is not None:
        return False
    plain = unicodedata.normalize("NFKC", word).upper()
    return plain not in BLANK_SIGNS and word not in _NOTHING | _EMPTY


def _bare(text: str) -> str:
    return _PUNCTUATION.sub("", text)
