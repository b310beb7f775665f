"""Visual rows of a table without borders into its rows: the lines of one cell go together.

Rules between the rows say it where there are any; else wording does, and how close a line stands to its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.pdf.runs import is_value
from ingest.pdf.spanners import Placed
from ingest.pdf.strokes import Edge

YEAR = re.compile(r"(?:FY\s*)?(?:19|20)\d\d(?:年度?)?(?:[-–/]\d{2,4})?")


def is_body(row: Placed) -> bool:
    """Whether a row holds figures other than years."""
    return any(
        is_value(piece.text) and not YEAR.fullmatch(piece.text)
        for (first, _), piece in row
        if first > 0 or len(row) > 1
    )


def table_rows(placed: Sequence[Placed], rules: Sequence[Edge]) -> list[list[Placed]]:
    """Visual rows by table row: by the rules between them, or else by wording and by how close they stand."""
    return ruled_off(placed, rules) or wrapped(merged(placed, rules))


def ruled_off(placed: Sequence[Placed], rules: Sequence[Edge]) -> list[list[Placed]]:
    """Visual rows by the rules over the whole width; [] where these do not divide the rows with figures."""
    left, right = min(row[0][1].box[0] for row in placed), max(row[-1][1].box[2] for row in placed)
    heights = [rule.pos for rule in rules if rule.lo <= left + 3 and rule.hi >= right - 3]
    bands: dict[int, list[Placed]] = {}
    for row in placed:
        bands.setdefault(sum(height < row[0][1].middle for height in heights), []).append(row)
    bodies = [sum(map(is_body, band)) for band in bands.values()]
    if max(bodies) > 1 or sum(bodies) < 2:
        return []
    first = next(at for at, count in enumerate(bodies) if count)
    heads = [group for band in list(bands.values())[:first] for group in merged(band, rules)]
    return [*heads, *list(bands.values())[first:]]


def wrapped(groups: list[list[Placed]]) -> list[list[Placed]]:
    """The rows with the lines of a name that is wrapped around its figures, which stand in the middle of its height.

    Each line but the last fills its column, and they stand closer to one another than to the rows above and below.
    """
    edge = max((piece.box[2] for group in groups for row in group for (_, last), piece in row if last == 0), default=0)
    chains: list[list[int]] = []
    for at in range(len(groups)):
        if chains and _reads_over(groups[at - 1], groups[at], edge):
            chains[-1].append(at)
        else:
            chains.append([at])
    found = []
    for chain in chains:
        rows = [row for at in chain for row in groups[at]]
        if len(chain) > 1 and _stands_alone(groups, chain):
            found.append(rows)
        else:
            found += [groups[at] for at in chain]
    return found


def _reads_over(upper: Sequence[Placed], lower: Sequence[Placed], edge: float) -> bool:
    """Whether a line of a name may go on in the next: it fills its column, and one of the two is nothing but a name."""
    (one, piece), (two, _) = upper[-1][0], lower[0][0]
    if one != (0, 0) or two != (0, 0) or not (_is_name(upper) or _is_name(lower)):
        return False
    close = 0 <= gap(upper, lower) < 0.6 * piece.size
    return close and piece.box[2] > edge - 1.3 * piece.size and not piece.text.endswith(("：", ":", "。"))


def _is_name(group: Sequence[Placed]) -> bool:
    return all(len(row) == 1 for row in group)


def _stands_alone(groups: Sequence[Sequence[Placed]], chain: Sequence[int]) -> bool:
    """Whether these rows hold one row of figures, and stand closer together than to their neighbours."""
    inner = max(gap(groups[at], groups[at + 1]) for at in chain[:-1])
    before = [gap(groups[chain[0] - 1], groups[chain[0]])] if chain[0] else []
    after = [gap(groups[chain[-1]], groups[chain[-1] + 1])] if chain[-1] + 1 < len(groups) else []
    return sum(not _is_name(groups[at]) for at in chain) == 1 and min([*before, *after], default=0) > 1.3 * inner


def gap(upper: Sequence[Placed], lower: Sequence[Placed]) -> float:
    """Points between two rows."""
    bottom = max(piece.box[3] for row in upper for _, piece in row)
    return min(piece.box[1] for row in lower for _, piece in row) - bottom


def merged(placed: Sequence[Placed], rules: Sequence[Edge]) -> list[list[Placed]]:
    """Visual rows by table row: the lines of a header cell or of a wrapped cell go together."""
    first = next((i for i, row in enumerate(placed) if is_body(row)), len(placed))
    groups: list[list[Placed]] = []
    for i, row in enumerate(placed):
        if groups and _goes_on(groups[-1], row, i - first, rules):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _goes_on(group: Sequence[Placed], row: Placed, past: int, rules: Sequence[Edge]) -> bool:
    """Whether a visual row is one more line of the table row above; `past`: rows since the first with figures."""
    above = group[-1]
    bottom, top = max(piece.box[3] for _, piece in above), min(piece.box[1] for _, piece in row)
    size = max(piece.size for _, piece in row)
    if (top - bottom) / size > 0.75 or _is_ruled_off(bottom, top, row, rules):
        return False
    if past < 0:
        return not any(last > start for (start, last), _ in above)
    if past == 0 or (is_body(row) and any(is_body(line) for line in group)):
        return False
    columns = {start for (start, _), _ in row}
    if is_body(row):
        return 0 in columns and _breaks_off(above, row)
    if 0 not in columns:
        return columns <= {start for line in group for (start, _), _ in line}
    return columns == {0} and _breaks_off(above, row)


def _is_ruled_off(bottom: float, top: float, row: Placed, rules: Sequence[Edge]) -> bool:
    """Whether a line is drawn between two rows, over the pieces of the lower one."""
    left, right = min(piece.box[0] for _, piece in row), max(piece.box[2] for _, piece in row)
    between = [rule for rule in rules if bottom - 3 <= rule.pos <= top + 3]
    return any(min(rule.hi, right) - max(rule.lo, left) > 0.5 * (right - left) for rule in between)


def _breaks_off(above: Placed, below: Placed) -> bool:
    """Whether the label below reads on from the label above: a small letter or a closing bracket begins it."""
    one, two = (next((piece.text for (start, _), piece in row if start == 0), "") for row in (above, below))
    return bool(one) and not one.endswith((":", "：")) and (two[:1].islower() or two[:1] in "）)")
