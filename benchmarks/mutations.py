"""Plants one error of each kind in true sentences of reports, and prints what the figure gate catches and blames.

`python benchmarks/mutations.py REPORT… [--gold FOLDER] [--seed N] [--list N]`. True sentences: the reports' own prose
and table rows, and with --gold the right answers of `<report>.questions.jsonl`. Recall is by kind; 误作已核
counts wrong figures that the gate itself shows as verified, the worst that can happen.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from assistant import NO_STATEMENT, measure_mutations, mutation_table
from ingest.ledger import facts
from ingest.read import read
from ingest.reading import Reading


def answers(gold: Path | None, report: Path) -> list[tuple[str, str]]:
    """Questions of one report with their right answers."""
    path = gold / f"{report.stem}.questions.jsonl" if gold else None
    if path is None or not path.exists():
        return []
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [(row["question"], row["answer"]) for row in rows if row["answerable"] and row["type"] not in NO_STATEMENT]


def main() -> None:
    """Run the benchmark over the reports given, and print one table for all of them."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("reports", type=Path, nargs="+")
    options.add_argument("--gold", type=Path)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--list", type=int, default=0, help="print this many failures")
    chosen = options.parse_args()
    readings, known, stems = [], {}, set()
    for path in chosen.reports:
        report = read(path)
        readings.append(Reading(report, facts(report)))
        known[report.id] = [] if path.stem in stems else answers(chosen.gold, path)
        stems.add(path.stem)
    score = measure_mutations(readings, known, chosen.seed)
    print(mutation_table(score))
    for line in score.missed[: chosen.list]:
        print(line)


if __name__ == "__main__":
    main()
