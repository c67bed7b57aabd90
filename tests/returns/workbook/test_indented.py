"""缩进排版的 XML：行与行之间的空白不是内容，多少都不算过长的文字。"""

from .parts import book, cells


def test_whitespace_between_many_blank_rows_is_nothing() -> None:
    """十二万行缩进的空行（空白共两兆多），照样读得出最后一格。"""
    row = '\n        <row r="{}">\n            <c r="A{}"/>\n        </row>'
    blanks = "".join(row.format(n, n) for n in range(1, 120_001))
    found = cells(book(f'{blanks}<row r="120001"><c r="B120001"><v>7.2</v></c></row>'))
    assert [(cell.address, cell.raw) for cell in found] == [("B120001", "7.2")]
