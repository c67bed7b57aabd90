"""上限：一份表再大也不该超过的数，和边读边记的账。

数都按真正解出来的字节和元素来记，不信文件头里写的：说谎的文件头正是压缩炸弹的做法。
各数合起来保证任何文件都在 10 秒、512 MiB 之内有答复。
"""

from dataclasses import dataclass

from ipmeasures.returns.workbook.refusal import too_large

MIB = 1 << 20

MAX_FILE = 30 * MIB
MAX_UNPACKED = 256 * MIB
MAX_PART = 128 * MIB
MAX_PARTS = 5_000
# 全部部件里“<”的个数；每个元素都要回调一次，个数就是时间。
MAX_MARKUP = 6_000_000
# 行和单元格，不论有没有内容。
MAX_PLACES = 2_000_000
MAX_FILLED = 300_000
MAX_STRINGS = 1_000_000
# 全部文字的字数；一个字在内存里最多四字节。
MAX_CHARACTERS = 32 * MIB
MAX_TEXT = MIB
MAX_STYLES = 100_000
MAX_MERGES = 50_000
MAX_DEPTH = 64
# 不同的元素名、属性名和前缀：解析器要一直记着它们。
MAX_NAMES = 10_000
# Excel 的行数、列数。
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384


@dataclass(slots=True)
class Budget:
    """一份文件用掉了多少，跨部件累计。

    ``characters`` 由留下文字的一方自己加，每读一块核对一次：一块能多出来的字有限。
    """

    unpacked: int = 0
    markup: int = 0
    places: int = 0
    filled: int = 0
    characters: int = 0

    def unpack(self, chunk: bytes) -> None:
        """又解出一块；超过上限即停。"""
        self.unpacked += len(chunk)
        self.markup += chunk.count(b"<")
        if self.unpacked > MAX_UNPACKED:
            raise too_large(f"解压后超过 {MAX_UNPACKED // MIB} MiB")
        if self.markup > MAX_MARKUP:
            raise too_large(f"内容超过 {MAX_MARKUP} 项")

    def check(self, places: int = 0, filled: int = 0) -> None:
        """加上正在读的这张表，行、格、填了的格和留下的字有没有超过。"""
        if self.places + places > MAX_PLACES:
            raise too_large(f"行和单元格超过 {MAX_PLACES} 个（多为带格式的空格）")
        if self.filled + filled > MAX_FILLED:
            raise too_large(f"有内容的单元格超过 {MAX_FILLED} 个")
        if self.characters > MAX_CHARACTERS:
            raise too_large("文字总量过多")
