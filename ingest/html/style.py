"""What a web page's styles hide (网页样式): simple rules by tag, class and id, and the style attribute."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.report import Hidden

INVISIBLE = (
    (re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.I), "vanished"),
    (re.compile(r"visibility\s*:\s*hidden", re.I), "invisible"),
    (re.compile(r"opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)", re.I), "invisible"),
    (re.compile(r"font-size\s*:\s*(?:0|1px|1pt|0?\.\d+p[xt])\s*(?:;|!|$)", re.I), "tiny"),
    (re.compile(r"(?:left|top|text-indent)\s*:\s*-\d{3,}", re.I), "offpage"),
    (
        re.compile(r"(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))", re.I),
        "white",
    ),
)
BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*(?!\s*(?:#fff(?:fff)?\b|white\b|none|transparent|inherit))", re.I)
DISPLAY = re.compile(r"display\s*:\s*(table(?:-row|-cell|-row-group|-header-group|-footer-group)?)\s*(?:;|!|$)", re.I)
DRAWN = {
    "table": "table",
    "table-row": "tr",
    "table-cell": "td",
    "table-row-group": "tbody",
    "table-header-group": "thead",
    "table-footer-group": "tbody",
}
ROLES = {
    "table": "table",
    "grid": "table",
    "row": "tr",
    "rowgroup": "tbody",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "th",
    "rowheader": "th",
}
"""What elements are that a style or a role makes parts of a table."""
NEUTRAL = {"div", "span", "p", "section", "ul", "ol", "li", "dl", "dt", "dd"}
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
SIMPLE = re.compile(r"(?P<tag>[a-zA-Z][\w-]*)?(?:\.(?P<cls>[\w-]+))?(?:#(?P<id>[\w-]+))?")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page's own <style> says of visibility: declarations by `tag`, `.class` and `#id`.

    Simple selectors only; `p.hide` is filed under its class with the tag it asks for.
    """

    rules: Mapping[str, tuple[tuple[str, str], ...]]
    """Key (`p`, `.hide`, `#x`) → pairs of the tag asked for ("" for any) and the declarations."""

    def of(self, element: Any) -> str:
        """All declarations that meet an element, its own style attribute last."""
        keys = [element.tag, *(f".{name}" for name in (element.get("class") or "").split())]
        if element.get("id"):
            keys.append(f"#{element.get('id')}")
        met = [said for key in keys for tag, said in self.rules.get(key, ()) if tag in ("", element.tag)]
        return ";".join([*met, element.get("style") or ""])


def style_sheet(root: Any) -> Sheet:
    """The simple rules (tag, .class, #id) of the page's <style> elements."""
    rules: dict[str, tuple[tuple[str, str], ...]] = {}
    for element in root.iter("style"):
        for selectors, said in RULE.findall((element.text or "")[:200_000]):
            for selector in selectors.split(","):
                match = SIMPLE.fullmatch(selector.strip())
                if match is None or not selector.strip():
                    continue
                key = f"#{match['id']}" if match["id"] else f".{match['cls']}" if match["cls"] else match["tag"]
                rules[key] = (*rules.get(key, ()), (match["tag"] or "", said))
    return Sheet(rules)


def hidden_by(element: Any, sheet: Sheet) -> Hidden:
    """Why an element is not seen: its hidden attribute, its style, or the page's rule for its class."""
    if element.get("hidden") is not None or (element.get("type") or "").lower() == "hidden":
        return "vanished"
    said = sheet.of(element)
    if not said.strip(";"):
        return ""
    for pattern, reason in INVISIBLE:
        if pattern.search(said) and not (
            reason == "white" and (BACKGROUND.search(said) or stands_on_colour(element, sheet))
        ):
            return reason  # type: ignore[return-value]  # the reasons above are all Hidden
    return ""


def stands_on_colour(element: Any, sheet: Sheet) -> bool:
    """Whether something around an element paints a ground other than white."""
    return any(
        BACKGROUND.search(sheet.of(one)) or (one.get("bgcolor") or "#fff").lower() not in ("#fff", "#ffffff", "white")
        for one in (element, *element.iterancestors())
        if isinstance(one.tag, str)
    )


def make_tables(root: Any, sheet: Sheet) -> None:
    """Name elements what they are drawn as: a <div> with display: table-cell or role="cell" becomes a <td>."""
    for element in root.iter(*NEUTRAL):
        display = DISPLAY.search(sheet.of(element))
        tag = DRAWN[display[1].lower()] if display else ROLES.get((element.get("role") or "").lower())
        if tag:
            element.tag = tag
