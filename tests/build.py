"""Small documents written inside a test: `table("单位：万元\\n| 项目 | 预算数 |…")`."""

from __future__ import annotations

from ingest.report import Block, Cell, Page, Report, Table


def table(text: str, number: int = 1, caption: str = "", header_rows: int = 1, header_cols: int = 1) -> Table:
    """A table from Markdown rows. A first line `单位：x` gives the unit; `^` and `<` extend the cell above or left."""
    unit, rows = "", []
    for line in text.strip().splitlines():
        line = line.strip()
        if line.startswith("单位"):
            unit = line.partition("：")[2].strip()
        elif line.startswith("|") and not set(line) <= set("|-: "):
            rows.append([part.strip() for part in line.strip("|").split("|")])
    cells = []
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value in ("^", "<"):
                continue
            colspan = rowspan = 1
            while c + colspan < len(row) and row[c + colspan] == "<":
                colspan += 1
            while r + rowspan < len(rows) and rows[r + rowspan][c] == "^":
                rowspan += 1
            cells.append(Cell(row=r, col=c, text=value, rowspan=rowspan, colspan=colspan))
    return Table(
        number=number,
        rows=len(rows),
        cols=len(rows[0]),
        cells=tuple(cells),
        caption=caption,
        unit=unit,
        header_rows=header_rows,
        header_cols=header_cols,
    )


def report(
    *parts: str | Table, year: int | None = 2023, department: str = "某县教育局", id: str = "0123456789ab"
) -> Report:
    """A report from paragraphs (`# ` opens a heading) and tables, in the order given."""
    blocks: list[Block] = []
    tables: list[Table] = []
    section: list[str] = []
    for part in parts:
        index = len(blocks)
        if isinstance(part, Table):
            tables.append(part)
            if part.caption:
                blocks.append(
                    Block(index=index, kind="caption", text=part.caption, section=tuple(section), table=part.number)
                )
                index += 1
            blocks.append(Block(index=index, kind="table", text="", section=tuple(section), table=part.number))
        elif part.startswith("#"):
            level = len(part) - len(part.lstrip("#"))
            section[level - 1 :] = [part.lstrip("# ")]
            blocks.append(
                Block(index=index, kind="heading", text=part.lstrip("# "), level=level, section=tuple(section[:-1]))
            )
        else:
            blocks.append(Block(index=index, kind="paragraph", text=part, section=tuple(section)))
    return Report(
        id=id,
        source="test.txt",
        form="txt",
        title=f"{department}{year}年度部门整体绩效评价报告",
        department=department,
        year=year,
        pages=(Page(number=1),),
        blocks=tuple(blocks),
        tables=tuple(tables),
    )
