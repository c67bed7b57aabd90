"""数：手填的字和存下的数 → ``Decimal``；不是数的，看得出本意就给一句建议。"""

from ipmeasures.returns.number.parse import (
    NotANumber,
    Number,
    plain,
    read_number,
    stored_number,
)

__all__ = ["NotANumber", "Number", "plain", "read_number", "stored_number"]
