"""Words that point back (该项目、其、后者), read as what they point to: the sentence is told again with its name.

Reads words only; what the names are facts of is found by the grammar, as if the text had said them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field, replace

from ingest.ledger.thread import named_item
from ingest.quantity import Quantity
from ingest.record import record

_THIS = re.compile(
    r"(?:该|这一|这个|此|上述|前述)(?:项目|专项|工程|指标|任务|补助|经费|资金|费用|科目|事项|活动|项)(?![一-鿿]{0,4}[、和与])"
)
_ITS = re.compile(r"(?:(?<=[，,；;。：:、])|^)其(?![中他它余次实间后前一二三])(?:的)?")
_WHICH = re.compile("(?P<first>前者)|(?P<last>后者)")
_OURS = re.compile(r"(?:(?<=[，,])|^)(?:该|我|本|全)(?:局|厅|委|办|院|单位|部门)(?=全年|实际|编|年初|预算|支出)")
"""The department itself, where the sentence has said what it speaks of (在政府采购上，该局全年预算x)."""
_ABOUT = re.compile(r"(?:^|[。；;])\s*(?:在|就|从)?(?P<what>[^，。；\d]{2,12}?)(?:方面|上|来看|看)[，,]")
_POINTS = re.compile("(?=[该此这述其前后我本全])(?:[该此这述]|其(?!中)|[前后]者|[我本全][局厅委办院单部])")
"""What every word that points back has; most sentences have none of it."""
_STOPS = re.compile(r"[，,；;。：:（(）)]|(?<=[\d元%％人个件项次名家户处座])、")
_TOLD = re.compile(r"^(?P<name>[^\d]{2,20}?)(?:为|是|达到?|约)*\d")


@record
class Focus:
    """What a text has spoken of so far; looked through only where a sentence points back."""

    items: tuple[str, ...]
    """Names of items of the report."""
    lines: list[str] = field(default_factory=list)
    """The sentences before."""

    @property
    def item(self) -> str:
        """The one item of the report that the nearest of the sentences before names by itself, "" if none does."""
        named = (named_item(line, self.items) or _first(line, self.items) for line in reversed(self.lines))
        return next(filter(None, named), "")

    @property
    def pair(self) -> tuple[str, ...]:
        """The names of the last two figures that stood side by side."""
        return next((pair for line in reversed(self.lines) if len(pair := _told(line)) > 1), ())


def _told(line: str) -> tuple[str, ...]:
    """The names of the first two figures of a sentence: 群众满意度92.4%，游客满意度88.7%."""
    return tuple(told["name"] for part in _STOPS.split(line) if (told := _TOLD.match(part.strip())))[:2]


def _first(line: str, items: tuple[str, ...]) -> str:
    """The item that opens a sentence which names others further on."""
    return named_item(_STOPS.split(line)[0], items)


def resolved(line: str, figures: Sequence[Quantity], focus: Focus) -> tuple[str, Sequence[Quantity]]:
    """The sentence with what it points to by name, and its figures with their spans in it."""
    found = sorted(_pointers(line, focus))
    if not found:
        return line, figures
    text, at, moved = "", 0, []
    rest = list(figures)
    for start, end, name in [*found, (len(line), len(line), "")]:
        while rest and rest[0].span[0] < start:
            figure = rest.pop(0)
            by = len(text) - at
            moved.append(replace(figure, span=(figure.span[0] + by, figure.span[1] + by)))
        text, at = text + line[at:start] + name, end
    return text, moved


def _pointers(line: str, focus: Focus) -> list[tuple[int, int, str]]:
    """Where the sentence points back, and the name that belongs there."""
    found: list[tuple[int, int, str]] = []
    if not _POINTS.search(line):
        return found
    if (_THIS.search(line) or _ITS.search(line)) and (item := focus.item) and item not in line:
        found += [(*match.span(), item) for match in _THIS.finditer(line)]
        found += [(*match.span(), f"{item}的") for match in _ITS.finditer(line)]
    for match in _WHICH.finditer(line):
        names = _told(line[: match.start()])
        names = names if len(names) > 1 else focus.pair
        if names:
            found.append((*match.span(), names[0] if match["first"] else names[1]))
    if _OURS.search(line) and _ABOUT.search(line):
        found += [(*match.span(), "") for match in _OURS.finditer(line)]
    return found
