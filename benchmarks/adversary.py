"""Adversarial answers (对抗模型) through the real HTTP road: what of them reaches the reader.

`python -m benchmarks.adversary [--number 1000] [--seed 1] [--gold FOLDER] [REPORT…]`. A server on loopback plays the
language model: right and wrong slots and digits, every planted error, broken formats and streams, links and markup.
Wrong figures shown as verified and links in the text must be 0; a right built-in answer must never be lost.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant import GOOD, Answer, Assistant, Figure, Settings, samples
from benchmarks.adversary_attacks import SECONDS, Attack, Ground, attacks, ground_of
from ingest.quantity import quantities
from prompts import phrases
from tests.model_server import Play, serving

NAME = "openai:adversary"
LINK = re.compile(r"x\.test|\]\(|!\[|<[a-zA-Z!/?]|://|javascript:", re.IGNORECASE)


@dataclass
class Tally:
    """What became of the answers of one kind."""

    given: int = 0
    figures: int = 0
    verified: int = 0
    wrong_verified: int = 0
    links: int = 0
    stood_in: int = 0
    alone: int = 0
    kept: int = 0
    seen: list[str] = field(default_factory=list)


def run(ground: Ground, number: int, seed: int) -> dict[str, Tally]:
    """Put every attack through the whole road and count what reached the reader."""
    tallies: dict[str, Tally] = {}
    stage = Play()
    with serving(stage) as url:
        settings = replace(ground.assistant.settings, model=NAME, model_url=url, model_timeout=SECONDS)
        with Assistant(settings) as attacked:
            for attack in attacks(ground, number, seed):
                vars(stage).update(vars(attack.play))
                built_in = ground.assistant.ask(attack.question, [attack.report])
                given = attacked.ask(attack.question, [attack.report])
                count(tallies.setdefault(attack.kind, Tally()), attack, built_in, given)
    return tallies


def count(tally: Tally, attack: Attack, built_in: Answer, given: Answer) -> None:
    """One answer."""
    tally.given += 1
    at, own = of_model(built_in, given)
    tally.figures += len(own)
    tally.verified += sum(figure.verdict in GOOD for figure in own)
    stood_in = given.text == built_in.text
    tally.stood_in += stood_in and bool(given.notes)
    tally.alone += at == 0 and not stood_in
    tally.kept += at > 0 or stood_in or _covered(built_in, given)
    if found := LINK.search(given.text[at:]):
        tally.links += 1
        tally.seen.append(f"[链接 {found[0]}] {given.text[at:]}")
    for figure in own:
        if figure.verdict in GOOD and _is_wrong(figure, attack, given.text, at):
            tally.wrong_verified += 1
            tally.seen.append(f"[{figure.quantity.text} {figure.verdict}：{figure.working}] {given.text[at:]}")


def of_model(built_in: Answer, given: Answer) -> tuple[int, list[Figure]]:
    """Where the model's words begin in an answer, and their figures."""
    if given.text == built_in.text:
        return len(given.text), []
    lead = phrases("model").say("beside") + "\n"
    at = given.text.find(lead)
    at = at + len(lead) if at >= 0 else 0
    return at, [one for one in given.figures if one.quantity.span[0] >= at]


def _is_wrong(figure: Figure, attack: Attack, text: str, at: int) -> bool:
    if attack.span is not None:
        before = text[at : figure.quantity.span[0]]
        start = len(before.replace("~~", ""))
        end = start + figure.quantity.span[1] - figure.quantity.span[0]
        planted_at, planted_end = attack.span
        if not (start < planted_end + 12 and end > planted_at):
            return False
        earlier = quantities(before.replace("~~", ""))
        return not any(one.span[1] > planted_at for one in earlier)
    plain = re.sub(r"[\s,]", "", figure.quantity.text)
    return any(plain == re.sub(r"[\s,]", "", one) or (one == "%" and plain.endswith("%")) for one in attack.wrong)


def _covered(built_in: Answer, given: Answer) -> bool:
    """Every figure of the built-in answer stands in the one given."""
    held = [one.quantity for one in given.figures if one.verdict in GOOD]
    return all(
        any(abs(abs(one.base) - abs(f.quantity.base)) <= max(one.half, f.quantity.half) for one in held)
        for f in built_in.figures
    )


def table(tallies: dict[str, Tally]) -> str:
    """One line for each kind, and the sum."""
    head = ("回答", "模型数字", "其中已核", "误作已核", "链接漏出", "内置顶替", "模型独答", "正答保留")
    rows = [(kind, _cells(tally)) for kind, tally in sorted(tallies.items())]
    total = Counter[int]()
    for _, cells in rows:
        total.update(dict(enumerate(cells)))
    rows.append(("合计", tuple(total[at] for at in range(len(head)))))
    said = [f"{'种类':<16}" + "".join(f"{name:>8}" for name in head)]
    return "\n".join(said + [f"{kind:<18}" + "".join(f"{cell:>10}" for cell in cells) for kind, cells in rows])


def _cells(tally: Tally) -> tuple[int, ...]:
    shown = (tally.given, tally.figures, tally.verified, tally.wrong_verified, tally.links)
    return (*shown, tally.stood_in, tally.alone, tally.kept)


def main() -> None:
    """Attack the given reports (the samples, for none) and print what came of it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("reports", type=Path, nargs="*")
    options.add_argument("--gold", type=Path)
    options.add_argument("--number", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as home, Assistant(Settings(home=Path(home))) as assistant:
        ground = ground_of(assistant, chosen.reports or samples(), chosen.gold, chosen.seed)
        tallies = run(ground, chosen.number, chosen.seed)
    print(table(tallies))
    for tally in tallies.values():
        for line in tally.seen:
            print(line)


if __name__ == "__main__":
    main()
