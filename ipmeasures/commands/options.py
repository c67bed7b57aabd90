"""各命令共用的选项。"""

from pathlib import Path
from typing import Annotated

import typer

Home = Annotated[Path | None, typer.Option("--home", metavar="文件夹", help="工作文件夹")]
QuarterOption = Annotated[
    str | None, typer.Option("--quarter", metavar="季度", help="如 2023Q2、2023年二季度")
]
YearOption = Annotated[int | None, typer.Option("--year", metavar="年份", help="如 2023")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="日期|回执", help="按那时在案的情况看"),
]
AgencyOption = Annotated[
    str | None, typer.Option("--agency", metavar="单位", help="责任单位的名称或别名")
]
