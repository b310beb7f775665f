"""Plants one error of each kind in true sentences of reports, and prints what the figure gate catches and blames.

`python -m benchmarks.mutations REPORT… [--gold FOLDER] [--seed N] [--list N]`; a folder stands for every report in it.
True sentences: the reports' own prose and table rows, and with --gold the right answers of `<report>.questions.jsonl`,
held against all files of that department and year: give an annex together with its report. Recall is by kind; 误作已核
counts wrong figures that the gate itself shows as verified, the worst that can happen. Word lists and patterns are
loaded before the clock runs; a report's own index counts.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from assistant import NO_STATEMENT, measure_mutations, mutation_table, verify
from ingest.ledger import facts
from ingest.read import read
from ingest.reading import Reading
from ingest.report import Report

FIRST = "2023年，甲项目年初预算数为1.5万元，其中支出1.2万元，占80%，比上年的1.1万元增长9.09%，完成3个，由2个增加到3个。"
"""A sentence in which most of what the gate looks for occurs."""


def answers(gold: Path | None, report: Path) -> list[tuple[str, str]]:
    """Questions of one report with their right answers."""
    path = gold / f"{report.stem}.questions.jsonl" if gold else None
    if path is None or not path.exists():
        return []
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [(row["question"], row["answer"]) for row in rows if row["answerable"] and row["type"] not in NO_STATEMENT]


def every(paths: list[Path]) -> list[Path]:
    """The files given, folders opened."""
    return [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]


def main() -> None:
    """Run the benchmark over the reports given, and print one table for all of them."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("reports", type=Path, nargs="+")
    options.add_argument("--gold", type=Path)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--list", type=int, default=0, help="print this many failures")
    chosen = options.parse_args()
    readings, known, stems = [], {}, set()
    for path in every(chosen.reports):
        report = read(path)
        readings.append(Reading(report, facts(report)))
        known[report.id] = [] if path.stem in stems else answers(chosen.gold, path)
        stems.add(path.stem)
    verify(FIRST, [Reading(Report(id="first", source="first", form="txt", year=2023), ())])
    score = measure_mutations(readings, known, chosen.seed)
    print(mutation_table(score))
    for line in score.missed[: chosen.list]:
        print(line)


if __name__ == "__main__":
    main()
