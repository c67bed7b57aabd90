"""整份文件读不了：说清为什么，不留半份。"""

from ipmeasures.problem import Place, Problem, problem


class FileRefused(Exception):
    """这份文件不读；``problem`` 是给报送单位看的那一条。"""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.message)
        self.problem = found


def damaged(why: str) -> FileRefused:
    """文件损坏：``why`` 说哪里不对。"""
    return FileRefused(problem("file_damaged", Place(), why=why))


def too_large(why: str) -> FileRefused:
    """超过上限：``why`` 说哪一项、上限多少。"""
    return FileRefused(problem("file_too_large", Place(), why=why))


def unsafe(why: str) -> FileRefused:
    """有正常表格里不会有的东西。"""
    return FileRefused(problem("file_unsafe", Place(), why=why))


def encrypted() -> FileRefused:
    """设了打开密码。"""
    return FileRefused(problem("file_encrypted", Place()))


def other_type(what: str) -> FileRefused:
    """不是 .xlsx，而是 ``what``。"""
    return FileRefused(problem("file_type", Place(), what=what))


def packed(what: str) -> FileRefused:
    """压缩包：里面多半有表格，要先解压。"""
    return FileRefused(problem("file_type.packed", Place(), what=what))


def unreadable(why: str) -> FileRefused:
    """读它的程序没有给出结果：``why`` 说怎么了。"""
    return FileRefused(problem("file_unreadable", Place(), why=why))
