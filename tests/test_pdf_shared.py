"""The reports of the shared folder, cell by cell against their gold tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.pdf import read
from ingest.report import grid


def squeezed(rows: object) -> list[list[str]]:
    return [["".join(text.split()) for text in row] for row in rows]  # type: ignore[attr-defined]  # rows of texts


@pytest.mark.parametrize("name", ["chenghu-edu-2023", "yunling-water-2024"])
def test_every_gold_table_is_read_exactly(shared: Path, name: str) -> None:
    """Ruled, thin-ruled and borderless tables, continued ones too: same grid, same pages, unit and caption."""
    gold = json.loads((shared / "gold" / f"{name}.tables.json").read_text(encoding="utf-8"))
    report = read((shared / "reports" / f"{name}.pdf").read_bytes(), name, second=False)
    assert [squeezed(grid(table)) for table in report.tables] == [squeezed(one["grid"]) for one in gold]
    assert [table.unit for table in report.tables] == [one["unit"] for one in gold]
    assert [(table.pages[0], table.pages[-1]) for table in report.tables] == [(g["page"], g["page_end"]) for g in gold]
    for table in report.tables:
        assert sum(cell.rowspan * cell.colspan for cell in table.cells) == table.rows * table.cols


def test_page_labels_differ_from_physical_pages(shared: Path) -> None:
    """The file's own labels are kept: i, ii, then 1."""
    report = read((shared / "reports" / "yunling-water-2024.pdf").read_bytes(), "x.pdf", second=False)
    assert [page.label for page in report.pages[:3]] == ["i", "ii", "1"]


def test_the_seed_has_its_wrapped_figures_whole(shared: Path) -> None:
    """No figure of the seed's tables is broken at a line's end."""
    report = read((shared / "reports" / "pingshan-sti-2021.pdf").read_bytes(), "x.pdf", second=False)
    assert len(report.tables) == 3
    assert not any("\n" in cell.text for table in report.tables for cell in table.cells)
