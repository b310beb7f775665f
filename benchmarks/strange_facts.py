"""Facts of tables and sentences in shapes that other departments use: the share that the ledger has wholly right.

    python -m benchmarks.strange_facts [FILE.jsonl ...] [--misses]

A case is a small piece of a report (HTML, or plain text where the layout is the point; read as any report is) with the
facts that it must give: the cell or the figure, the words its label must have in turn, 口径 (`*`: not judged, `a~b`:
either), period, unit. Written before the code was looked at; the open half is mended by, the held half only measured.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from ingest.fact import Fact, label
from ingest.ledger import facts
from ingest.read import read

HERE = Path(__file__).resolve().parents[1] / "tests" / "ledger_strange"
ASPECTS = ("held", "label", "basis", "period", "unit")
PAGE = "<html><head><meta charset='utf-8'><title>{title}</title></head><body><h1>{title}</h1>\n{html}\n</body></html>"


def ledger_of(case: dict[str, Any], folder: Path) -> tuple[Fact, ...]:
    """The ledger of a case, read from a file as a department would hand it in."""
    plain = case.get("text")
    path = folder / f"{case['id']}.{'txt' if plain else 'html'}"
    path.write_text(f"{case['title']}\n\n{plain}\n" if plain else PAGE.format(**case), encoding="utf-8")
    return tuple(facts(read(path)))


def words_in_turn(wanted: str, have: str) -> bool:
    """Whether the parts of a label stand in the fact's, letters in turn."""
    text = re.sub(r"[^\w%]", "", have)
    return all(re.search(".*?".join(map(re.escape, re.sub(r"[^\w%]", "", part))), text) for part in wanted.split("/"))


def either(wanted: str, have: str) -> bool:
    return wanted == "*" or have in wanted.split("~")


def judged(gold: dict[str, Any], ledger: tuple[Fact, ...]) -> tuple[dict[str, bool], Fact | None]:
    """Aspects of the best candidate for a gold fact."""
    best, result = None, dict.fromkeys(ASPECTS, False)
    for fact in ledger:
        cell = gold.get("cell")
        if cell and not any([place.row, place.col] == cell for place in (fact.place, *fact.also)):
            continue
        if abs(fact.quantity.value) != abs(Decimal(gold["value"])):
            continue
        aspects = {
            "held": True,
            "label": words_in_turn(gold["label"], label(fact)),
            "basis": either(gold["basis"], fact.basis),
            "period": either(gold["period"], fact.period),
            "unit": either(gold["unit"], fact.quantity.unit.name),
        }
        if sum(aspects.values()) > sum(result.values()):
            best, result = fact, aspects
    return result, best


def measure(path: Path, misses: bool) -> Counter[str]:
    """Counts over a file; prints what is wrong where asked."""
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            ledger = ledger_of(case, Path(folder))
            for gold in case["facts"]:
                result, best = judged(gold, ledger)
                counts["asked"] += 1
                counts["whole"] += all(result.values())
                counts.update(aspect for aspect, right in result.items() if right)
                if misses and not all(result.values()):
                    lacks = "、".join(aspect for aspect, right in result.items() if not right)
                    wanted = "｜".join(str(gold.get(key, "")) for key in ("cell", "label", "basis", "period", "unit"))
                    have = f"{label(best)}｜{best.basis}｜{best.period}｜{best.quantity.unit.name}" if best else "—"
                    print(f"  {case['id']} {gold['value']} {wanted} 缺 {lacks}；台账：{have}")
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(HERE.glob("*.jsonl")))
    parser.add_argument("--misses", action="store_true", help="列出没有全对的事实")
    options = parser.parse_args()
    for path in options.files:
        counts = measure(path, options.misses)
        asked = max(1, counts["asked"])
        shares = "，".join(f"{aspect} {100 * counts[aspect] / asked:.1f} %" for aspect in ASPECTS)
        print(f"{path.name}: 全对 {counts['whole']}/{asked} = {100 * counts['whole'] / asked:.1f} %（{shares}）")


if __name__ == "__main__":
    main()
