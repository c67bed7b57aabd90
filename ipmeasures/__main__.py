"""入口：``ipm``，和与它一样的 ``python -m ipmeasures``。"""

import gc


def run() -> None:
    """跑 ``ipm``。

    装载时只建对象、不丢对象，垃圾回收白跑一趟趟，占启动时间的一成；装载完再放开，
    建好的对象不再反复检查。
    """
    gc.disable()
    from ipmeasures.cli import run as start  # noqa: PLC0415 - 关了回收再装载

    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 20)
    start()


if __name__ == "__main__":
    run()
