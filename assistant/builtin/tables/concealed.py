"""What a reader of the file would not see (隐藏工作表、隐藏文字): whether there is any, and what stands in it.

Asked of what is hidden, nothing visible answers; what is told from there is said to be no part of the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.builtin.facts.lens import Lens
from assistant.builtin.layout.cells import chosen
from assistant.builtin.question.lexicon import content
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, lacking, say
from assistant.builtin.tables.tabled import Named, accounted, said, sure
from ingest.report import Report, Table

ASKED = re.compile(r"隐藏(?:起来|着)?的?|藏着的?|不可见的?|看不[见到]的(?=[表工内文数])")
WHETHER = re.compile(r"有没有|有无|是否|是不是|存在|[吗么]|哪些|哪几|几[个张处]|多少[个张处]")
FEW = 6
"""More cells than this are no answer."""
ENOUGH = 0.6
"""The share of a question that the names in a hidden table must account for."""
NAMED = 3
"""A hidden table is known by a name of so many characters, without the word 隐藏."""


def told(plan: Plan, seen: Lens) -> Reply | None:
    """Whether anything is hidden, or the cells of a hidden table; None where neither is asked for."""
    tables = list(_tables(seen))
    named = [one for one in tables if (name := _name(one[1])) and len(name) >= NAMED and name in plan.question]
    if not ASKED.search(plan.question) and not named:
        return None
    bare = ASKED.sub("", plan.question)
    for _, table in named:
        bare = bare.replace(table.sheet, "")
    bare = re.sub(r"^(?:那|这|在)?[张个份]?(?:工作)?表?[格单]*[里中上]?的?[，,]?|写的|写着", "", bare)
    read = next((reply for one in named or tables if (reply := _cells(bare, *one, seen))), None)
    if read is not None:
        return read
    if WHETHER.search(plan.question) and not named:
        return _whether(tables, seen)
    what = "".join(content(bare).split()) or plan.question.strip("？?")
    return lacking(what, say("nothing_there", what=what))


def _tables(seen: Lens) -> Iterator[tuple[Report, Table]]:
    for reading in seen.readings:
        for table in reading.report.tables:
            if table.hidden:
                yield reading.report, table


def _name(table: Table) -> str:
    """What a hidden table is called: its sheet's name."""
    return "".join(table.sheet.split())


def _whether(tables: list[tuple[Report, Table]], seen: Lens) -> Reply:
    """Which sheets are hidden, and that text or cells are."""
    names = dict.fromkeys(f"“{_name(table) or table.caption}”" for _, table in tables)
    reports = [reading.report for reading in seen.readings]
    text = any(block.hidden and block.text.strip() for one in reports for block in one.blocks)
    text = text or any(cell.hidden and cell.text for one in reports for table in one.tables for cell in table.cells)
    if not names and not text:
        return Reply(say("nothing_hidden"))
    sheets = say("hidden_sheets", names="、".join(names)) if names else ""
    return Reply(sheets + (say("hidden_text") if text and not names else ""))


def _cells(question: str, report: Report, table: Table, seen: Lens) -> Reply | None:
    """The cells of a hidden table that a question names."""
    found = chosen(question, seen.layers_of(report, table))
    if found is None or not found.at or len(found.at) > FEW:
        return None
    named = Named(found, table, report, accounted(question, found, table, report, seen))
    if not sure(named) or named.fit < ENOUGH:
        return None
    reply = said(named, seen, question)
    return replace(reply, text=say("hidden_said", name=_name(table) or table.caption, text=reply.text))
