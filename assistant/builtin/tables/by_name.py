"""Questions read by the names of each table that holds their words: what is left of them, and the cells named.

Names are met word for word; what is done with the cells is for others (in_turn, crossed).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.builtin.facts.lens import Lens
from assistant.builtin.layout.layers import At, Layer
from assistant.builtin.layout.skeleton import Name, Skeleton, named, skeletons
from assistant.builtin.question.lexicon import spelled
from assistant.builtin.tables.tabled import likely
from ingest.fact import Fact
from ingest.layout.words import squeeze
from ingest.report import Report, Table
from ingest.terms import plain

THING = "(?:RC|CR|R|C)"
"""A cell, or all under one name, as it stands in the shape of a question."""
IDLE = re.compile(
    r"的|请问|报告[中里]?|(?<=[RC])(?:[中里上]|项目|单位|资金|经费|支出)(?![RC])|(?<=[RC])[中里](?=[RC])"
    r"|(?<=C)(?:人数|数量|数额|金额)(?![RC])"
    r"|(?<=R)这?[两二三四五六七八九\d](?:个|项|类|种|笔|者|家)(?:项目|单位|部门|科室|资金)?"
)
"""What says nothing between names."""


@dataclass(frozen=True, slots=True)
class ByName:
    """A question by one layer of a table."""

    report: Report
    table: Table
    layer: Layer
    figures: Mapping[At, Fact]
    names: Skeleton

    @property
    def shape(self) -> str:
        """What is left of the question, without the year under review, the number of the table and 的."""
        told = rf"^(?:{self.report.year}年度?|本年度?|全年|表[\d一二三四五六七八九十]+[中里]?)+"
        shape = re.sub(told, "", self.names.shape)
        return IDLE.sub("", IDLE.sub("", shape.replace(",", "，")))

    @property
    def cells(self) -> list[frozenset[At]]:
        """The cells under each thing named."""
        return self.names.cells(self.layer)

    def subject(self, at: At) -> str:
        """What the row of a cell is called: by the ledger where it has figures."""
        return next((plain(fact.subject) for other, fact in self.figures.items() if other[0] == at[0]), "")

    def label(self, at: At) -> str:
        """A cell by its row and the innermost name over it."""
        heads = [name for side in self.layer.sides if not side.rows for name, over in side.over.items() if at in over]
        return "的".join(name for name in (self.subject(at), *heads[-1:]) if name)


def by_names(seen: Lens, *questions: str) -> Iterator[ByName]:
    """The question, in one spelling or the other, by every table that holds its words."""
    texts = dict.fromkeys(spelled(text) for text in questions)
    for report, table in likely(questions[-1], seen):
        figures = seen.figures_of(report, table)
        for layer, names in _spoken(seen, report, table):
            for text in texts:
                for one in skeletons(text, names):
                    yield ByName(report, table, layer, figures, one)


def _spoken(seen: Lens, report: Report, table: Table) -> tuple[tuple[Layer, tuple[Name, ...]], ...]:
    """The layers of a table with all their names, in every spelling."""
    key = (report.id, table.number)
    if key not in seen.spoken:
        rows = called(seen.figures_of(report, table))
        seen.spoken[key] = tuple((layer, named(layer, rows)) for layer in seen.layers_of(report, table))
    return seen.spoken[key]


def called(figures: Mapping[At, Fact]) -> dict[str, frozenset[At]]:
    """What the ledger calls the rows of a table: 支出合计 for the 合计 of 支出, 类款项小计 for a 小计 under it."""
    found: dict[str, set[At]] = {}
    for at, fact in figures.items():
        *above, last = fact.subject.split("/")
        for name in (last, "".join((*above[-1:], last))):
            found.setdefault(squeeze(name), set()).add(at)
    return {name: frozenset(over) for name, over in found.items() if name}
