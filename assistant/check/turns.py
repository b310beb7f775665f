"""Figures told in turn (依次): 甲x、乙y，占比分别为a、b: to which of the first list one of the second belongs.

Reads words and figures; what is worked out from them is decided in shares.py and guards.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.check.claim import Claim
from ingest.quantity import Quantity, quantities

_ENDS = re.compile(r"[，。；;\n]|,(?!\d)")
_APART = re.compile("[。；]|合计|共计|总计|一共")
"""Between two figures of which the second does not stand beside the first."""


def turned(claim: Claim) -> tuple[int, Sequence[Quantity]] | None:
    """The place of a figure in a list told in turn (分别为a、b), and the list of as many figures before it, if any."""
    at = claim.before.rfind("分别")
    said = claim.before[at:] if at >= 0 else "；"
    if _ENDS.search(said):
        return None
    place = len(quantities(said))
    count = place + 1 + len(quantities(_ENDS.split(claim.after)[0]))
    earlier = quantities(claim.before[:at])
    told = earlier[-count:]
    gaps = [claim.before[a.span[1] : b.span[0]] for a, b in pairwise(told)]
    apart = any(map(_APART.search, gaps)) or len({one.unit.dimension for one in told}) > 1
    return None if count < 2 or len(told) < count or apart else (place, told)
