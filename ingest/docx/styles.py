"""Styles of a Word document (样式): headings, lists, centring and what hides text, inheritance resolved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ingest.docx.text import Style, attribute, child, is_on, is_shaded, name

HEADINGS = {f"{word}{gap}{level}": level for word in ("heading", "标题") for gap in (" ", "") for level in range(1, 7)}


def read_styles(root: Any) -> dict[str, Style]:
    """Every style by id, with what it inherits."""
    elements = {attribute(one, "styleId"): one for one in root if name(one) == "style"} if root is not None else {}
    known: dict[str, Style] = {}

    def resolve(key: str, depth: int = 0) -> Style:
        if key in known or key not in elements or depth > 20:
            return known.get(key, Style())
        element = elements[key]
        above = child(element, "basedOn")
        base = resolve(attribute(above, "val"), depth + 1) if above is not None else Style()
        known[key] = extend_style(base, element)
        return known[key]

    for key in elements:
        resolve(key)
    return known


def extend_style(base: Style, element: Any) -> Style:
    """A style: what its parent says, changed by what it says itself."""
    title = attribute(child(element, "name"), "val").lower() if child(element, "name") is not None else ""
    paragraph, run = child(element, "pPr"), child(element, "rPr")
    number_id, level = list_of(paragraph)
    vanish, colour, size = is_on(run, "vanish"), child(run, "color"), child(run, "sz")
    return replace(
        base,
        title=title in ("title", "标题"),
        level=HEADINGS.get(title, 0) or outline_level(paragraph) or base.level,
        centered=is_centered(paragraph) or base.centered,
        number_id=number_id or base.number_id,
        number_level=level if number_id else base.number_level,
        vanish=base.vanish if vanish is None else vanish,
        white=base.white if colour is None else attribute(colour, "val").upper() == "FFFFFF",
        tiny=base.tiny if size is None else attribute(size, "val") in ("1", "2"),
        shaded=base.shaded or any(is_shaded(one) for one in element.iter() if len(one)),
    )


def outline_level(properties: Any) -> int:
    """Heading level from w:outlineLvl; 0 for body text."""
    element = child(properties, "outlineLvl")
    value = attribute(element, "val") if element is not None else ""
    return int(value) + 1 if value.isdecimal() and int(value) < 6 else 0


def is_centered(properties: Any) -> bool:
    """Whether paragraph properties centre the text."""
    element = child(properties, "jc")
    return element is not None and attribute(element, "val") == "center"


def list_of(properties: Any) -> tuple[str, int]:
    """numId and level of the list a paragraph belongs to; ("", 0) for none."""
    element = child(properties, "numPr")
    if element is None:
        return "", 0
    number, level = child(element, "numId"), child(element, "ilvl")
    deep = attribute(level, "val") if level is not None else "0"
    return (attribute(number, "val") if number is not None else ""), int(deep) if deep.isdecimal() else 0
