"""True and false sentences about figures, each with its facts: what the gate catches, and whom it blames wrongly.

`python benchmarks/claims.py FILE [--list N]`. Each line of FILE is a JSON object with `claim`, `evidence`
(a list of label, period, value, unit), `label` (true or false) and, for a false one, `error_kind`.
Beside the gate runs a plain digit matcher, units converted: strict, a sentence passes when all its numbers stand in
the evidence; lenient, ratios and bare numbers are let pass.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant import verify
from ingest.fact import Fact
from ingest.quantity import alike, convert, parse_cell, quantities, unit
from ingest.reading import Reading
from ingest.report import Place, Report


def reading(row: Mapping[str, Any]) -> Reading:
    """The evidence of one line as a ledger: a report that states these facts and nothing else."""
    evidence = row["evidence"]
    facts = []
    for number, item in enumerate(evidence, 1):
        quantity = parse_cell(item["value"], unit(item["unit"]))
        if quantity is None:
            raise SystemExit(f"{row['id']}：证据 {item['label']} 的值 {item['value']} 不是数。")
        facts.append(
            Fact(
                id=f"evidence:{number}",
                subject="",
                measure=(item["label"],),
                period=f"{item['period']}年度",
                basis="",
                quantity=quantity,
                place=Place(report="evidence", table=1, row=number, col=1),
                quote=f"{item['label']}｜{item['value']}",
                kind="table",
            )
        )
    year = max(int(item["period"][:4]) for item in evidence)
    return Reading(Report(id="evidence", source="evidence", form="txt", year=year), tuple(facts))


def digits_match(claim: str, known: Reading, lenient: bool) -> bool:
    """The plain digit matcher: every number of the claim is a number of the evidence, at the places written."""
    return all(
        (lenient and said.unit.dimension in ("ratio", "point", "none"))
        or any(
            alike(said.unit, fact.quantity.unit)
            and abs(convert(fact.quantity, said.unit) - said.value) * said.unit.factor <= said.half
            for fact in known.facts
        )
        for said in quantities(claim)
    )


def measured(rows: Sequence[Mapping[str, Any]]) -> tuple[Counter[str], list[str]]:
    """Counts of what was caught, blamed and judged, and the failures as lines."""
    count: Counter[str] = Counter()
    failures = []
    for row in rows:
        known = reading(row)
        check = verify(row["claim"], (known,))
        blamed = any(sentence.verdict == "false" for sentence in check.sentences)
        sure = all(sentence.verdict == "true" for sentence in check.sentences if sentence.figures)
        count["figures"] += len(check.figures)
        count["judged"] += sum(figure.verdict != "ambiguous" for figure in check.figures)
        kind = "true" if row["label"] else row["error_kind"]
        count[kind] += 1
        count[f"{kind}: blamed"] += blamed
        count[f"{kind}: passed as true"] += sure
        count[f"{kind}: strict"] += not digits_match(row["claim"], known, lenient=False)
        count[f"{kind}: lenient"] += not digits_match(row["claim"], known, lenient=True)
        if blamed == row["label"]:
            shown = "；".join(f"{f.quantity.text} {f.verdict} {f.working}" for f in check.figures)
            failures.append(f"[{kind}] {row['id']} {row['claim']}\n    {row.get('change', '')} ⇒ {shown}")
    return count, failures


def main() -> None:
    """Run the benchmark and print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("file", type=Path)
    options.add_argument("--list", type=int, default=0, help="print this many failures")
    chosen = options.parse_args()
    rows = [json.loads(line) for line in chosen.file.read_text(encoding="utf-8").splitlines() if line.strip()]
    start = time.process_time()
    count, failures = measured(rows)
    seconds = time.process_time() - start
    false = [kind for kind in {row["error_kind"] for row in rows if not row["label"]} if kind]
    print(f"{'blamed of':<20}{'n':>6}{'gate':>8}{'strict digits':>16}{'lenient digits':>16}{'gate sure':>12}")
    for kind in ["true", *sorted(false)]:
        blamed = [count[f"{kind}: {column}"] for column in ("blamed", "strict", "lenient", "passed as true")]
        print(f"{kind:<20}{count[kind]:>6}{blamed[0]:>8}{blamed[1]:>16}{blamed[2]:>16}{blamed[3]:>12}")
    wrong = max(1, sum(count[kind] for kind in false))
    for name, column in (("gate", "blamed"), ("strict digits", "strict"), ("lenient digits", "lenient")):
        caught = sum(count[f"{kind}: {column}"] for kind in false)
        hurt = count[f"true: {column}"]
        print(f"{name:<16} wrong caught {caught / wrong:7.2%}   true blamed {hurt / max(1, count['true']):7.2%}")
    print(f"judged        {count['judged']}/{count['figures']} figures; {count['figures'] / seconds:.0f} figures/s")
    for line in failures[: chosen.list]:
        print(line)


if __name__ == "__main__":
    main()
