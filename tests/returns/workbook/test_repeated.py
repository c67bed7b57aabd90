"""记着的只是省一次解析：读出来一样，该拒收的照样拒收。"""

from collections.abc import Iterable

from ipmeasures.returns.workbook.repeated import once

from .parts import cells, parts, refusal, sheet, styles, zipped

ONE = '<row r="1"><c r="A1" s="1"><v>1</v></c></row>'
STYLES = "xl/styles.xml"


def test_a_small_part_is_read_once_and_a_large_one_every_time() -> None:
    """一块装得下的，名称和内容都相同才用记着的。"""
    reads: list[tuple[str, bytes]] = []

    @once
    def read(part: str, chunks: Iterable[bytes]) -> int:
        reads.append((part, b"".join(chunks)))
        return len(reads)

    assert [read("a", [b"1"]), read("a", iter([b"1"])), read("b", [b"1"]), read("a", [b"2"])] == [
        *(1, 1, 2, 3)
    ]
    assert [read("a", [b"1", b"2", b"3"]), read("a", [b"1", b"2", b"3"])] == [4, 5]
    assert reads[-1] == ("a", b"123")
    assert read("c", []) == 6


def test_each_file_gets_its_own_styles() -> None:
    """样式表不同的两份文件，轮着读也不会串。"""
    made = [zipped(parts(sheet(ONE), styled=styles("0", code))) for code in ("10", "14")]
    found = [cells(content)[0].number_format for content in (*made, *made)]
    assert found == ["0.00%", "mm-dd-yy", "0.00%", "mm-dd-yy"]


def test_a_part_read_before_is_still_checked() -> None:
    """样式表一字不差、校验和却不对：内容记着也拒收。"""
    content = zipped(parts(sheet(ONE), styled=styles("0", "10")))
    assert cells(content)[0].number_format == "0.00%"
    start = content.rindex(STYLES.encode()) - 46
    broken = bytearray(content)
    broken[start + 16] ^= 1
    assert refusal(bytes(broken))[0] == "file_damaged"
