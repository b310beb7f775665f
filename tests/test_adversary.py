"""An adversarial model over real sockets, a few dozen attacks of each kind; benchmarks/adversary.py plays 1,000."""

from __future__ import annotations

from pathlib import Path

from assistant import Assistant, Settings
from benchmarks.adversary import run, table
from benchmarks.adversary_attacks import ground_of

SAMPLE = Path(__file__).parent.parent / "assistant" / "samples" / "chenghu-edu-2022.docx"


def test_no_wrong_figure_is_verified_no_link_gets_out_and_no_right_answer_is_lost(tmp_path: Path) -> None:
    """Every planted error, wrong and right slots, broken formats and streams, stalls, refusals, links, injections."""
    with Assistant(Settings(home=tmp_path)) as assistant:
        tallies = run(ground_of(assistant, [SAMPLE], None, seed=7), number=60, seed=7)
    shown = table(tallies) + "".join(line for tally in tallies.values() for line in tally.seen)
    assert sum(tally.wrong_verified for tally in tallies.values()) == 0, shown
    assert sum(tally.links for tally in tallies.values()) == 0, shown
    assert all(tally.kept == tally.given for tally in tallies.values()), shown
    assert tallies["槽位正确"].verified == tallies["槽位正确"].figures > 0, shown
    assert tallies["停顿"].stood_in == tallies["停顿"].given, shown
