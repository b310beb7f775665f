"""What hinders comparing a row of figures (口径提示): bases, units, periods and names that differ between columns.

Takes the cells as they are; changes none and leaves none out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assistant.builtin.facts.lens import years_of
from assistant.builtin.facts.lookup import is_whole, name_of
from assistant.builtin.facts.rivalry import plain_name
from ingest.quantity import alike

if TYPE_CHECKING:
    from assistant.comparison import Cell

UNSAID = {"": "未注明口径", "预算": "预算（未说明年初或调整后）"}
LOOSE = {"完成": "决算", "": "决算"}
"""Bases that say the same of a figure that was spent or reached."""


def same_basis(basis: str) -> str:
    """One word for bases that say the same (决算, 完成, none)."""
    return LOOSE.get(basis, basis)


def row_notes(columns: Sequence[str], years: Sequence[int | None], cells: Sequence[Cell]) -> Iterator[str]:
    """One sentence for each thing that differs between the columns of a row."""
    filled = [(name, year, cell) for name, year, cell in zip(columns, years, cells, strict=True) if cell.verdict]
    yield from _bases([(name, cell) for name, _, cell in filled])
    yield from _units([(name, cell) for name, _, cell in filled])
    yield from _names([(name, cell) for name, _, cell in filled])
    for name, year, cell in filled:
        if cell.verdict == "conflict":
            yield f"{name}的报告对此有不一致的数，须由单位核实，不择一认定。"
        if any(not fact.certain for fact in cell.facts):
            yield f"{name}的数未确认（标签、单位或期间是推断的）。"
        told = years_of(cell.facts[0].period) if cell.facts else ()
        if year and told and year not in told:
            yield f"{name}所列是{cell.facts[0].period}的数，期间不同。"


def clash(names: Sequence[str], cells: Sequence[Cell]) -> str:
    """口径不同：… of figures on several bases; "" where they stand on one."""
    if len({same_basis(cell.basis) for cell in cells}) < 2:
        return ""
    said = "，".join(f"{name}为{UNSAID.get(cell.basis, cell.basis)}" for name, cell in zip(names, cells, strict=True))
    return f"口径不同：{said}，不宜直接比较。"


def _bases(filled: Sequence[tuple[str, Cell]]) -> Iterator[str]:
    """Figures on several bases, and ratios some of which the report states and some of which are worked out."""
    if odd := clash([name for name, _ in filled], [cell for _, cell in filled]):
        yield odd
    derived = [name for name, cell in filled if cell.verdict == "derived"]
    if derived and len(derived) < len(filled):
        yield f"{'、'.join(derived)}为按台账推算，其余为报告所列。"


def _units(filled: Sequence[tuple[str, Cell]]) -> Iterator[str]:
    stated = [(name, cell.facts[0].quantity.unit) for name, cell in filled if cell.verdict != "derived"]
    if len({unit.name for _, unit in stated}) < 2:
        return
    said = "，".join(f"{name}用{unit.name or '无单位'}" for name, unit in stated)
    same = all(alike(unit, stated[0][1]) for _, unit in stated)
    yield f"单位不同：{said}，{'已换算' if same else '不能换算，不可比较'}。"


def _names(filled: Sequence[tuple[str, Cell]]) -> Iterator[str]:
    """Figures under different names; those of a department as a whole are one thing under any name."""
    stated = [(name, cell.facts[0]) for name, cell in filled if cell.verdict != "derived"]
    if all(is_whole(fact) for _, fact in stated) or any(f.dimension == "ratio" for _, f in stated):
        return
    if len({plain_name(fact).removesuffix("数") for _, fact in stated}) > 1:
        said = "，".join(f"{name}“{name_of(fact)}”" for name, fact in stated)
        yield f"名称不同：{said}，口径是否一致须核实。"
