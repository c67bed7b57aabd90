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
Why = Annotated[str, typer.Option("--why", metavar="理由", help="为什么，记入台账")]
By = Annotated[str | None, typer.Option("--by", metavar="姓名", help="经办人，默认当前用户")]
