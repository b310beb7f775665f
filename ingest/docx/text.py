"""The text of a Word paragraph as it would be printed: tracked insertions in, deletions out, hidden runs apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ingest.report import Hidden

INTO = {
    "ins",
    "moveTo",
    "hyperlink",
    "smartTag",
    "sdt",
    "sdtContent",
    "fldSimple",
    "customXml",
    "dir",
    "bdo",
    "oMath",
    "oMathPara",
}
DELETED = {"del", "moveFrom"}
SPACES = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@cache
def local(tag: str) -> str:
    """The part of a qualified name after its namespace."""
    return tag.rpartition("}")[2]


def name(element: Any) -> str:
    """Local name of an element; "" for comments and processing instructions."""
    tag = element.tag
    return local(tag) if isinstance(tag, str) else ""


def attribute(element: Any, key: str) -> str:
    """An attribute by local name, whatever the dialect of the namespace; "" where it is not given."""
    for full, value in element.attrib.items():
        if full.rpartition("}")[2] == key:
            return str(value)
    return ""


def child(element: Any, key: str) -> Any:
    """The first child with this local name, or None."""
    if element is None:
        return None
    for one in element:
        if name(one) == key:
            return one
    return None


def is_on(properties: Any, key: str) -> bool | None:
    """Whether a toggle (w:vanish) is set; None where the properties do not mention it."""
    toggle = child(properties, key)
    return None if toggle is None else attribute(toggle, "val") not in ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says that matters to reading; None or 0 where it and its parents are silent."""

    title: bool = False
    level: int = 0
    centered: bool = False
    number_id: str = ""
    number_level: int = 0
    vanish: bool = False
    white: bool = False
    tiny: bool = False
    shaded: bool = False


@dataclass(slots=True)
class Text:
    """The text of one paragraph as it is gathered."""

    visible: list[str] = field(default_factory=list)
    hidden: list[tuple[Hidden, str]] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    """Text boxes (w:txbxContent) anchored in the paragraph."""
    inserted: int = 0
    deleted: list[str] = field(default_factory=list)
    pictures: int = 0


def hidden_in(properties: Any, styles: Mapping[str, Style], inherited: Style, shaded: bool) -> Hidden:
    """Why a run with these properties is not seen on the page; `shaded`: it stands on a coloured ground."""
    run_style = child(properties, "rStyle")
    base = styles.get(attribute(run_style, "val"), inherited) if run_style is not None else inherited
    vanish = is_on(properties, "vanish")
    if base.vanish if vanish is None else vanish:
        return "vanished"
    size = child(properties, "sz")
    if (attribute(size, "val") in ("1", "2")) if size is not None else base.tiny:
        return "tiny"
    colour = child(properties, "color")
    white = attribute(colour, "val").upper() == "FFFFFF" if colour is not None else base.white
    ground = shaded or is_shaded(properties) or child(properties, "highlight") is not None
    return "white" if white and not ground else ""


def is_shaded(properties: Any) -> bool:
    """Whether properties (of a run, paragraph or cell) fill the ground with a colour other than white."""
    shade = child(properties, "shd")
    return shade is not None and attribute(shade, "fill").upper() not in ("", "AUTO", "FFFFFF")


def gather(paragraph: Any, styles: Mapping[str, Style], inherited: Style, shaded: bool) -> Text:
    """All text of a paragraph, in order, told apart into seen and hidden."""
    text = Text()
    shaded = shaded or is_shaded(child(paragraph, "pPr")) or inherited.shaded
    for element in runs(paragraph, text):
        hidden = hidden_in(child(element, "rPr"), styles, inherited, shaded)
        said = "".join(run_text(element, text))
        if not said:
            continue
        if hidden and said.strip():
            text.hidden.append((hidden, said))
        elif not hidden:
            text.visible.append(said)
    return text


def runs(element: Any, text: Text) -> Iterator[Any]:
    """The runs under an element that belong to the final text; deletions are counted and left out."""
    for one in element:
        kind = name(one)
        if kind == "r":
            yield one
        elif kind == "AlternateContent":
            yield from runs(child(one, "Choice") if child(one, "Choice") is not None else one, text)
        elif kind in DELETED:
            text.deleted.append("".join(part.text or "" for part in one.iter() if name(part) in ("delText", "t")))
        elif kind in INTO:
            text.inserted += kind in ("ins", "moveTo")
            yield from runs(one, text)


def run_text(run: Any, text: Text) -> Iterator[str]:
    """The characters of one run; pictures, text boxes and footnote marks are noted on `text`."""
    for one in run:
        kind = name(one)
        if kind == "t":
            yield one.text or ""
        elif kind in SPACES:
            if attribute(one, "type") not in ("page", "column"):
                yield SPACES[kind]
        elif kind == "sym":
            code = attribute(one, "char")
            yield chr(int(code, 16)) if code and not code.upper().startswith("F0") else "□"
        elif kind in ("footnoteReference", "endnoteReference"):
            text.footnotes.append(f"{kind.removesuffix('Reference')}:{attribute(one, 'id')}")
        elif kind in ("drawing", "pict", "object", "AlternateContent"):
            boxes = [box for box in one.iter() if name(box) == "txbxContent" and not within_fallback(box, one)]
            text.boxes.extend(boxes)
            text.pictures += not boxes and any(name(inner) in ("blip", "imagedata") for inner in one.iter())


def within_fallback(element: Any, top: Any) -> bool:
    """Whether an element is the second, older drawing of the same thing (mc:Fallback)."""
    while element is not None and element is not top:
        if name(element) == "Fallback":
            return True
        element = element.getparent()
    return False
