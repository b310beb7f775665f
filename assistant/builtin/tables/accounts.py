"""Tables of accounts (科目表): rows under the codes of the state's classification, which tell what is part of what.

201 一般公共服务支出 holds 20106 财政事务, and that 2010601 行政运行; two such tables may stand side by side in a grid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.builtin.facts.lens import Lens
from ingest.fact import Fact
from ingest.layout.words import squeeze
from ingest.report import Report, Table, grid


@dataclass(frozen=True, slots=True)
class Account:
    """A row of such a table."""

    code: str
    name: str
    facts: tuple[Fact, ...]

    @property
    def level(self) -> int:
        """类 is 1, 款 2, 项 3."""
        return (len(self.code) - 1) // 2


def accounts(seen: Lens, report: Report, table: Table) -> list[Account]:
    """The rows with a code in reading order; empty for a table that is none of accounts."""
    figures = seen.figures_of(report, table)
    return [
        Account(code, name, tuple(figures[row, col] for col in cols if (row, col) in figures))
        for row, texts in enumerate(grid(table))
        for code, name, cols in _coded([squeeze(text) for text in texts])
    ]


def _coded(texts: Sequence[str]) -> Iterator[tuple[str, str, range]]:
    """Every code in a row with the name behind it and the columns up to the next code."""
    found = [(at, one) for at in range(len(texts)) if (one := _named(texts, at)) is not None]
    ends = [at for at, _ in found[1:]] + [len(texts)]
    for (_, (code, name)), end in zip(found, ends, strict=True) if found else ():
        yield code, texts[name], range(name + 1, end)


def _named(texts: Sequence[str], at: int) -> tuple[str, int] | None:
    """The code that begins at a column, and the column of its name; None where no name stands behind it."""
    if not re.fullmatch(r"\d{3}(?:\d\d){0,2}", texts[at]):
        return None
    code, at = texts[at], at + 1
    while at < len(texts) and re.fullmatch(r"\d{0,2}", texts[at]):
        code, at = code + (texts[at].zfill(2) if texts[at] else ""), at + 1
    return (code, at) if at < len(texts) and re.search("[一-龥]", texts[at]) else None


def under(account: Account, rows: Sequence[Account]) -> list[Account]:
    """The accounts that an account holds, at every level."""
    return [row for row in rows if row.code != account.code and row.code.startswith(account.code)]


def leaves(rows: Sequence[Account]) -> list[Account]:
    """The accounts that hold no others."""
    return [row for row in rows if not under(row, rows)]


def path(account: Account, rows: Sequence[Account]) -> str:
    """What an account is called; with those that hold it where several bear its name (一般行政管理事务)."""
    if sum(row.name == account.name for row in rows) == 1:
        return account.name
    return "·".join(dict.fromkeys(row.name for row in rows if account.code.startswith(row.code)))
