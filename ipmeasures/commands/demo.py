"""``ipm demo``：在一个新文件夹里把整套工作演示一遍。"""

import csv
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from pathlib import Path

from ipmeasures.commands import form, gaps, ingest, report
from ipmeasures.commands.options import Home
from ipmeasures.commands.start import bundled, lay_out
from ipmeasures.errors import UsageError
from ipmeasures.forms.fill import fill_form
from ipmeasures.forms.layout import RETURN_LAYOUTS
from ipmeasures.report.save import save

QUARTER = "2024Q3"


def run(home: Home = None) -> int:
    """发表 → 填样例 → 收表 → 看差距 → 出报告；公开的数注明出处，其余都标“样例”。"""
    root = (home or _fresh(Path.cwd() / "ipm-demo")).expanduser().resolve()
    if root.exists() and any(root.iterdir()):
        raise UsageError(f"{root} 里已有文件，演示要用新的空文件夹，请用 --home 另指一个")
    lay_out(root)
    print(f"演示在 {root}\n\n一、生成空表（ipm form --quarter {QUARTER}）")
    form.run(QUARTER, home=root)
    filled = _filled(root)
    print(
        f"\n二、填好的 {sum(map(len, filled.values()))} 份（内容来自 examples/），按收到的日期收表"
    )
    status = 0
    for received, paths in sorted(filled.items()):
        print(f"\nipm ingest …（{len(paths)} 份）--received {received}")
        status = max(status, ingest.run(paths, received=received, home=root))
    print(f"\n三、看差距（ipm gaps --quarter {QUARTER}）\n")
    gaps.run(QUARTER, home=root)
    print(f"\n四、出报告（ipm report --year {QUARTER[:4]}）")
    report.run(int(QUARTER[:4]), home=root)
    print(f"\n做完了。空表在 {root / 'forms'}，收回的表在 {root / 'returns'}，")
    print(f"台账是 {root / 'data' / 'ledger.db'}，报告在 {root / 'reports'}。")
    print(f"接着可试：ipm explain I01 --home {root}；ipm trace I09 --home {root}")
    return status


def _fresh(folder: Path) -> Path:
    number = 1
    chosen = folder
    while chosen.exists():
        number += 1
        chosen = folder.with_name(f"{folder.name}-{number}")
    return chosen


def _filled(root: Path) -> dict[str, list[Path]]:
    """照样例填表，存进 ``returns/``；按填报日期（当作收到的日期）分开。"""
    answers, info = _samples(bundled() / "examples" / QUARTER)
    paths: dict[str, list[Path]] = defaultdict(list)
    for agency in sorted(info):
        name = f"{QUARTER}-{agency}.xlsx"
        blank = (root / "forms" / QUARTER / name).read_bytes()
        content = fill_form(blank, answers[agency], info.get(agency))
        paths[info[agency]["填报日期"]].append(save(root / "returns" / name, content))
    return paths


_Answers = dict[str, dict[str, dict[str, dict[str, str | Decimal]]]]


def _samples(folder: Path) -> tuple[_Answers, dict[str, dict[str, str]]]:
    """样例：每张工作表一个 CSV，第一列是责任单位，第二列是编号（案例是标题）。"""
    answers: _Answers = defaultdict(lambda: defaultdict(dict))
    for layout in RETURN_LAYOUTS:
        for row in _rows(folder / f"{layout.sheet}.csv"):
            cells = {k: _typed(k, v) for k, v in row.items() if v and k not in ("责任单位", "编号")}
            key = row.get("编号") or row["标题"]
            answers[row["责任单位"]][layout.sheet][key] = cells
    info = {
        row["责任单位"]: {k: v for k, v in row.items() if v and k != "责任单位"}
        for row in _rows(folder / "报送信息.csv")
    }
    return answers, info


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _typed(header: str, text: str) -> str | Decimal:
    if header != "本期值":
        return text
    try:
        return Decimal(text)
    except InvalidOperation:
        return text
