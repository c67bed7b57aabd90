"""到了的文件：读出来，照季度、单位、内容排；退过的原件和改好的退回表一起来的，只收改好的。"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ipmeasures.commands.desk import Desk
from ipmeasures.ledger.posted import sha256_of
from ipmeasures.problem import Place, Problem, problem, refused
from ipmeasures.returns.file import Skipped, read_file
from ipmeasures.returns.file_name import named_otherwise
from ipmeasures.returns.read import read_return
from ipmeasures.returns.reading import Reading


@dataclass(frozen=True, slots=True)
class Arrived:
    """到了的一个文件：路径、内容、内容的摘要和读出来的。"""

    path: Path
    content: bytes
    sha256: str
    reading: Reading

    @property
    def order(self) -> tuple[str, ...]:
        """排在第几个：看季度、单位和内容，与先后无关。"""
        keys = sorted(f"{r.quarter} {r.agency}" for r in self.reading.returns)
        return (*keys[:1], self.sha256, self.path.name)


def arrive(path: Path, desk: Desk) -> Arrived:
    """读一个文件；读不到的只有问题。"""
    content = read_file(path)
    if isinstance(content, Problem):
        return Arrived(path, b"", "", Reading((), (content,)))
    reading = read_return(content, desk.plan)
    if not reading.returns and not refused(reading.problems):
        reading = replace(reading, problems=(*reading.problems, problem("empty_return", Place())))
    named = named_otherwise(path.stem, reading, desk.plan)
    return Arrived(
        path,
        content,
        sha256_of(content),
        replace(reading, problems=(*reading.problems, *named)) if named else reading,
    )


def not_mended(arrived: Sequence[Arrived], tell: Callable[[Skipped], None]) -> list[Arrived]:
    """退过的原件，和改好的退回表一起来的，只收改好的。"""
    mended = {one.reading.mends: one.path.name for one in arrived if one.reading.mends}
    kept = []
    for one in arrived:
        if one.sha256 in mended:
            tell(Skipped(f"{one.path}：已有改好的退回表 {mended[one.sha256]}"))
        else:
            kept.append(one)
    return kept
