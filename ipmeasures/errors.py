"""做不下去的事：一处抛出，在命令边界上变成一行中文。"""

from typing import ClassVar


class IpmError(Exception):
    """不能继续的情形；消息是一行给办公室看的中文：哪里、什么、怎么办。"""

    exit_status: ClassVar[int] = 2


class UsageError(IpmError):
    """命令用错了，或工作文件夹、设定不对（退出码 2）。"""


class PlanInvalid(IpmError):
    """计划文件有错；``problems`` 是逐条的错误文字（退出码 2）。"""

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__("\n".join((message, *problems)))
        self.problems = problems


class FileUnreadable(IpmError):
    """一个文件读不出来（退出码 3）。"""

    exit_status = 3


class LedgerBusy(IpmError):
    """别人正在写台账（退出码 4）。"""

    exit_status = 4


class LedgerDamaged(IpmError):
    """台账损坏、不是台账，或比本程序新（退出码 5）。"""

    exit_status = 5


class CannotWrite(IpmError):
    """写不进去：只读、磁盘满、文件正被占用（退出码 6）。"""

    exit_status = 6
