"""收来的 .xlsx：字节 → 原样的单元格；读不准的整份拒收。"""

from ipmeasures.returns.workbook.read import read_workbook
from ipmeasures.returns.workbook.refusal import FileRefused

__all__ = ["FileRefused", "read_workbook"]
