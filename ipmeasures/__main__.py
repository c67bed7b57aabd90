"""``python -m ipmeasures`` 与 ``ipm`` 一样。"""

from ipmeasures.cli import run

run()
