"""Plants misprints into the text of a report whose tables say the same, and asks: raised? told in the answer?

    python -m benchmarks.contradictions FILE… [--most 14] [--list]

For every figure of the prose that a cell also says, under a name with a word in common, two neighbouring digits are
changed round or 万元 becomes 元 (seeded). A reviewer should raise it, and whoever asks for the figure by the name that
the table gives it should hear of both. No gold is needed; nothing here was planted by the authors of the reports.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from assistant import answered, findings
from ingest.fact import Fact
from ingest.ledger import facts
from ingest.read import read
from ingest.reading import Reading
from ingest.report import Report

SEED = 5
DOUBT = re.compile("不一致|不符|不能同时|疑|核实|冲突|有误|口径|写反")


@dataclass(frozen=True, slots=True)
class Plant:
    """A report with one misprint: what stood there, what stands there now, what the table calls it."""

    reading: Reading
    kind: str
    before: str
    after: str
    name: str


def plants(report: Report, most: int) -> Iterator[Plant]:
    """Reports with one misprint each, in random order."""
    chance = random.Random(SEED)
    own = facts(report)
    cells = [fact for fact in own if fact.kind == "table"]
    found = [(fact, cell) for fact in own if telling(fact) and (cell := cell_of(fact, cells)) is not None]
    chance.shuffle(found)
    for fact, cell in found[:most]:
        kind = chance.choice(["换位", "换位", "单位"])
        before = fact.quantity.text
        after = misprinted(before, kind, chance)
        block = report.blocks[fact.place.block or 0]
        if not after or block.text.count(before) != 1:
            continue
        blocks = list(report.blocks)
        blocks[block.index] = replace(block, text=block.text.replace(before, after))
        planted = replace(report, blocks=tuple(blocks))
        name = "的".join(part for part in (cell.item, cell.measure[-1]) if part)
        yield Plant(Reading(planted, facts(planted)), kind, before, after, name)


def telling(fact: Fact) -> bool:
    """A figure of the prose with three digits or more."""
    digits = re.sub(r"\D", "", fact.quantity.text).strip("0")
    counted = fact.dimension in ("money", "count")
    return fact.kind == "prose" and fact.place.block is not None and counted and len(digits) > 2


def cell_of(fact: Fact, cells: list[Fact]) -> Fact | None:
    """A cell of the same value whose name has a pair of characters in common with the sentence."""
    said = pairs(fact.quote + "".join(fact.measure) + fact.subject)
    alike = (cell for cell in cells if cell.quantity.base == fact.quantity.base)
    return next((c for c in alike if pairs(c.subject + "".join(c.measure)) & said), None)


def pairs(text: str) -> set[str]:
    """Neighbouring characters."""
    return {text[at : at + 2] for at in range(len(text) - 1)}


def misprinted(text: str, kind: str, chance: random.Random) -> str:
    """A figure with 元 for 万元, or two neighbouring digits changed round; "" where neither can be."""
    if kind == "单位":
        return text.replace("万元", "元") if "万元" in text else ""
    at = [i for i in range(len(text) - 1) if text[i : i + 2].isdigit() and text[i] != text[i + 1]]
    at = [i for i in at if i or text[1] != "0"]
    if not at:
        return ""
    i = chance.choice(at)
    return text[:i] + text[i + 1] + text[i] + text[i + 2 :]


def main() -> None:
    """Print, by kind of misprint, how many were raised and how many the answer told of."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("reports", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=14, help="misprints per report")
    parser.add_argument("--list", action="store_true", help="print what was neither raised nor told")
    given = parser.parse_args()
    counts: dict[str, Counter[str]] = {}
    for path in given.reports:
        for one in plants(read(path), given.most):
            raised = findings(one.reading)
            told = answered(f"{one.name}是多少？", [one.reading], findings=raised)
            count = counts.setdefault(one.kind, Counter())
            count["all"] += 1
            in_review = any(one.after in found.title or any(one.after in q for q in found.quotes) for found in raised)
            in_answer = bool(DOUBT.search(told.text + "".join(told.notes)))
            count["raised"] += in_review
            count["told"] += in_answer
            if given.list and not (in_review and in_answer):
                print(f"{path.name}｜{one.name}｜{one.before}→{one.after}｜{in_review}｜{told.text[:100]}")
    for kind, count in counts.items():
        print(f"{kind}：复核提出 {count['raised']}/{count['all']}，回答说明 {count['told']}/{count['all']}")


if __name__ == "__main__":
    main()
