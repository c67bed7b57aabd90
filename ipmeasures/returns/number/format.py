"""数字格式代码：像不像日期，是不是百分数；日期序号换成日期。"""

import re
from datetime import date, timedelta
from functools import lru_cache
from math import inf

# 内置格式（ECMA-376 第一部分 18.8.30）。27–36、50–58 取简体中文一栏：同一编号在别的语言里也是日期。
BUILT_IN: dict[str, str] = {
    "0": "General",
    "1": "0",
    "2": "0.00",
    "3": "#,##0",
    "4": "#,##0.00",
    "5": '"¥"#,##0;"¥"\\-#,##0',
    "6": '"¥"#,##0;[Red]"¥"\\-#,##0',
    "7": '"¥"#,##0.00;"¥"\\-#,##0.00',
    "8": '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
    "9": "0%",
    "10": "0.00%",
    "11": "0.00E+00",
    "12": "# ?/?",
    "13": "# ??/??",
    "14": "mm-dd-yy",
    "15": "d-mmm-yy",
    "16": "d-mmm",
    "17": "mmm-yy",
    "18": "h:mm AM/PM",
    "19": "h:mm:ss AM/PM",
    "20": "h:mm",
    "21": "h:mm:ss",
    "22": "m/d/yy h:mm",
    "27": 'yyyy"年"m"月"',
    "28": 'm"月"d"日"',
    "29": 'm"月"d"日"',
    "30": "m-d-yy",
    "31": 'yyyy"年"m"月"d"日"',
    "32": 'h"时"mm"分"',
    "33": 'h"时"mm"分"ss"秒"',
    "34": '上午/下午h"时"mm"分"',
    "35": '上午/下午h"时"mm"分"ss"秒"',
    "36": 'yyyy"年"m"月"',
    "37": "#,##0;\\-#,##0",
    "38": "#,##0;[Red]\\-#,##0",
    "39": "#,##0.00;\\-#,##0.00",
    "40": "#,##0.00;[Red]\\-#,##0.00",
    "41": '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ',
    "42": '_ "¥"* #,##0_ ;_ "¥"* \\-#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    "43": '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    "44": '_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    "45": "mm:ss",
    "46": "[h]:mm:ss",
    "47": "mmss.0",
    "48": "##0.0E+0",
    "49": "@",
    "50": 'yyyy"年"m"月"',
    "51": 'm"月"d"日"',
    "52": 'yyyy"年"m"月"',
    "53": 'm"月"d"日"',
    "54": 'm"月"d"日"',
    "55": '上午/下午h"时"mm"分"',
    "56": '上午/下午h"时"mm"分"ss"秒"',
    "57": 'yyyy"年"m"月"',
    "58": 'm"月"d"日"',
}

# 不显示值的部分：引号里的字、反斜线后的字、占位（_x）和填充（*x）、方括号里的颜色、条件、语言。
# 方括号里的 h、m、s 是累计时间，留着。
_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_DATE_LETTER = re.compile(r"[ymdhs]", re.IGNORECASE)
_SERIAL = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_LAST_DAY = date(9999, 12, 31)


@lru_cache(maxsize=256)
def _shown(code: str) -> str:
    return _LITERAL.sub("", code)


def is_date_format(code: str) -> bool:
    """显示出来是日期或时间。"""
    return _DATE_LETTER.search(_shown(code)) is not None


def is_percent_format(code: str) -> bool:
    """显示出来带百分号，即存的是显示值的百分之一。"""
    return "%" in _shown(code)


def date_from_serial(raw: str, epoch_1904: bool) -> date | None:  # noqa: FBT001 - 值就是工作簿的这一项
    """日期序号换成日期，时刻舍去；不是序号或超出 9999 年返回 ``None``。

    Excel 以为 1900 年有 2 月 29 日（序号 60），所以序号 61 起比天数多一；60 不是哪一天。
    """
    if _SERIAL.fullmatch(raw) is None:
        return None
    serial = float(raw)
    if serial == inf:
        return None
    days = int(serial)
    if epoch_1904:
        first = date(1904, 1, 1)
    elif 0 < days < 60:
        first = date(1899, 12, 31)
    elif days > 60:
        first = date(1899, 12, 30)
    else:
        return None
    return first + timedelta(days) if days <= (_LAST_DAY - first).days else None
