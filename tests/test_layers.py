"""The architecture is a test: imports go down only, and each library has one home."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = {"assistant", "ingest", "prompts", "ui"}
MAY_IMPORT = {
    "ingest": {"ingest"},
    "prompts": {"prompts"},
    "assistant": {"assistant", "ingest", "prompts"},
    "ui": {"ui", "assistant"},
}
HOMES = {
    "pypdfium2": ("ingest/pdf",),
    "pdfplumber": ("ingest/pdf",),
    "docx": ("ingest/docx", "assistant/review/export"),
    "openpyxl": ("ingest/sheets/xlsx", "assistant/review/export"),
    "xlrd": ("ingest/sheets/xls",),
    "rapidocr": ("ingest/ocr",),
    "lxml": ("ingest/html", "ingest/docx"),
    "sentence_transformers": ("ingest/embedding",),
    "chromadb": ("ingest/index",),
    "sqlalchemy": ("ingest/store",),
    "bm25s": ("ingest/lexical",),
    "rjieba": ("ingest/lexical",),
    "langchain": ("assistant/model", "assistant/chain"),
    "langchain_core": ("assistant/model", "assistant/chain"),
    "gradio": ("ui/",),
    "typer": ("ui/",),
    "rich": ("ui/",),
}
CHECK_MAY_IMPORT = {"ingest", "assistant"}
CHECK_STANDARD = {
    "__future__",
    "collections",
    "dataclasses",
    "decimal",
    "functools",
    "itertools",
    "re",
    "typing",
    "bisect",
    "operator",
    "enum",
    "unicodedata",
}


def imports(path: Path) -> Iterator[str]:
    """Full names of the modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


def sources(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("folder", sorted(OURS))
def test_imports_go_down_only(folder: str) -> None:
    """ui → assistant → ingest and prompts; never up, never sideways."""
    for path in sources(folder):
        for name in imports(path):
            top = name.partition(".")[0]
            assert top not in OURS or top in MAY_IMPORT[folder], f"{path.relative_to(ROOT)} must not import {name}"


BUILTIN = (
    ("question",),
    ("layout",),
    ("facts",),
    ("reply", "bind"),
    ("prose", "tables"),
    ("outcomes",),
    ("amounts",),
    ("rates",),
    ("objections",),
    ("plain", "versus", "of_which"),
    ("basics",),
    ("roads", "compound", "whether"),
    ("ask",),
)
"""The built-in writer from the words of a question up to its answer."""


def test_the_built_in_writer_imports_downwards() -> None:
    """A part of the writer uses itself and what stands below it: what a question means knows no report, what finds
    facts knows no answer, and only the list of roads knows them all."""
    level = {part: height for height, parts in enumerate(BUILTIN) for part in parts}
    for path in sources("assistant/builtin"):
        own = path.relative_to(ROOT / "assistant/builtin").parts[0].removesuffix(".py")
        for name in imports(path) if own != "__init__" else ():
            used = name.removeprefix("assistant.builtin.").partition(".")[0]
            below = used == own or level.get(used, -1) < level[own]
            assert not name.startswith("assistant.builtin") or below, f"{own} must not import {name}"


@pytest.mark.parametrize("folder", ["ui", "benchmarks"])
def test_outsiders_use_the_assistant_package(folder: str) -> None:
    """The pages and the benchmarks use what the package `assistant` exports, not its inner modules."""
    for path in sources(folder):
        for name in imports(path):
            assert not name.startswith("assistant."), f"{path.relative_to(ROOT)} reaches into {name}"


@pytest.mark.parametrize("library", sorted(HOMES))
def test_each_library_has_one_home(library: str) -> None:
    """A library is imported in the one or two files that need it."""
    for folder in sorted(OURS):
        for path in sources(folder):
            where = path.relative_to(ROOT).as_posix()
            if library in {name.partition(".")[0] for name in imports(path)}:
                assert where.startswith(HOMES[library]), f"{library} is imported in {where}"


def test_the_gate_is_pure() -> None:
    """assistant/check imports data types, the parser and a few pure standard modules: no model, network, clock."""
    for path in sources("assistant/check"):
        for name in imports(path):
            top = name.partition(".")[0]
            assert top in CHECK_MAY_IMPORT | CHECK_STANDARD, f"{path.relative_to(ROOT)} imports {name}"


def test_no_floats_where_figures_live() -> None:
    """Decimal for figures, never float, in the parser, the ledger and the gate."""
    for path in [
        *sources("assistant/check"),
        ROOT / "ingest/quantity.py",
        ROOT / "ingest/fact.py",
        *sources("ingest/ledger"),
    ]:
        if not path.exists():
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Name) and node.id == "float"), f"{path.relative_to(ROOT)} uses float"
            assert not (isinstance(node, ast.Constant) and type(node.value) is float), (
                f"{path.relative_to(ROOT)} has a float"
            )
