"""表的样子：字体、颜色、边框、列宽、打印、保护。"""

from collections.abc import Iterable

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ipmeasures.forms.layout import Layout

_LINE = Side(style="thin", color="FF9AA5B1")
BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
TITLE_FONT = Font(name="黑体", size=16, color="FF1F3A5F")
HINT_FONT = Font(name="宋体", size=10, color="FF5B6770")
HEAD_FONT = Font(name="黑体", size=10.5, color="FFFFFFFF")
BODY_FONT = Font(name="宋体", size=10.5)
MUTED_FONT = Font(name="宋体", size=9, color="FF5B6770")
LINK_FONT = Font(name="宋体", size=10.5, color="FF1F5FA8", underline="single")
HEAD_FILL = PatternFill("solid", fgColor="FF44698F")
ENTRY_HEAD_FILL = PatternFill("solid", fgColor="FFB7791F")
ENTRY_FILL = PatternFill("solid", fgColor="FFFFF8E1")
BAD_FILL = PatternFill("solid", fgColor="FFF8C9C4")
DOUBT_FILL = PatternFill("solid", fgColor="FFFFDFA6")
PRINTED_FILL = PatternFill("solid", fgColor="FFF4F6F8")
MARKED_FILL = PatternFill("solid", fgColor="FFD9E6F2")
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
RIGHT = Alignment(horizontal="right", vertical="center", indent=1)
OPEN = Protection(locked=False)
SHUT = Protection(locked=True)

_TALLEST = 400
_CENTRED = {"id", "unit", "status", "public", "due", "data_at", "completed_on", "manner"}


def alignment_of(key: str, *, number: bool) -> Alignment:
    """一列的对齐：数字靠右，编号、单位、选项居中，文字靠左换行。"""
    if number:
        return RIGHT
    return CENTRE if key in _CENTRED else LEFT


def lines_needed(text: str, width: int) -> int:
    """一段文字在这样宽的列里占几行；中文一字算两个字符宽，缩进和标点避头占去三个。"""
    room = max(width - 3, 2)
    return sum(max(1, -(-_width(line) // room)) for line in text.split("\n"))


def row_height(texts: Iterable[str], widths: Iterable[int]) -> float:
    """一行要多高（磅），各格的字才都看得见；表格软件一行最高 409 磅。"""
    lines = max(map(lines_needed, texts, widths), default=1)
    return min(15 * lines + 6, _TALLEST)


def set_columns(sheet: Worksheet, layout: Layout) -> None:
    """列宽。"""
    for number, column in enumerate(layout.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width


def set_print(sheet: Worksheet, head_row: int, *, landscape: bool = True) -> None:
    """A4、一页宽、每页重印表头、页脚有页码。"""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"1:{head_row}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.75
    sheet.page_margins.footer = 0.35
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="第 &P 页，共 &N 页"))
    sheet.print_options.horizontalCentered = True


def set_protection(sheet: Worksheet) -> None:
    """只防误改印好的内容：不设密码，允许筛选、排序、加行、调列宽行高。"""
    guard = sheet.protection
    guard.sheet = True
    guard.sort = guard.autoFilter = guard.insertRows = False
    guard.formatColumns = guard.formatRows = guard.formatCells = False


def _width(text: str) -> int:
    # 引号、破折号、省略号在中文字体里也占一个字
    return sum(2 if ord(c) > 0x2E7F or 0x2010 <= ord(c) <= 0x2027 else 1 for c in text)
