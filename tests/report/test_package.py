"""去掉压缩包里的钟：内容一字不动，什么时候打的包都一样。"""

import io
import zipfile

from ipmeasures.report.package import without_clock


def packed(year: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (("甲.xml", "一" * 500), ("b/乙.xml", ""), ("c.bin", "PK\x01\x02" * 9)):
            entry = zipfile.ZipInfo(name, (year, 5, 6, 7, 8, 10))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.comment = b"PK\x01\x02"
            package.writestr(entry, text)
    return target.getvalue()


def test_the_same_content_gives_the_same_bytes() -> None:
    assert packed(2023) != packed(2024)
    assert without_clock(packed(2023)) == without_clock(packed(2024))


def test_nothing_else_changes() -> None:
    with (
        zipfile.ZipFile(io.BytesIO(packed(2023))) as before,
        zipfile.ZipFile(io.BytesIO(without_clock(packed(2023)))) as after,
    ):
        assert after.testzip() is None
        assert {entry.date_time for entry in after.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert after.namelist() == before.namelist()
        assert all(after.read(name) == before.read(name) for name in before.namelist())
