"""A model's words made harmless (去除链接、图片和标记): nothing in them is fetched, followed or hidden by a page.

Works on text alone and keeps what a reader would read; figures stay as they were written.
"""

from __future__ import annotations

import html
import re
import unicodedata

from prompts import phrases

_TAG = re.compile(r"<[a-zA-Z!/?][^<>]{0,4000}>")
_IMAGE = re.compile(r"!\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_DEFINITION = re.compile(r"^\s{0,3}\[[^\]\n]+\]:.*$", re.MULTILINE)
_ADDRESS = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{1,20}\s*:\s*/\s*/|\b(?:data|javascript|vbscript|mailto|file|blob|tel)\s*:|\bwww\.)[\x21-\x7e]*"
    r"|[\w.+-]+@[\w-]+\.[\w.-]+",
    re.IGNORECASE | re.ASCII,
)
_TORN = re.compile(r"(?<=\d)[`_\\$]+(?=[\d.,])|(?<=[\d.,])[`_\\$]+(?=\d)|(?<=\d)\*\*+(?=[\d.,])|(?<=[\d.,])\*\*+(?=\d)")
"""Marks inside a figure: a page would hide them and show other digits than were judged."""
_MARKS = str.maketrans({"[": "〔", "]": "〕", "`": None, "\\": None, "$": None})
"""What is left over of markup is no markup any more."""
ROUNDS = 5


def harmless(text: str) -> str:
    """A model's text without pictures, links, addresses, tags and invisible characters; the words of a link stay."""
    for _ in range(ROUNDS):
        stripped = _stripped(text)
        if stripped == text:
            break
        text = stripped
    text = _TORN.sub("", text)
    text = re.sub(r"(?<=\d)[*_](?=\d)", "×", re.sub(r"~~+", "", text))
    return re.sub(r"<(?=[a-zA-Z!/?])", "＜", text.translate(_MARKS))


def _stripped(text: str) -> str:
    """One layer of markup less; entities may spell another."""
    text = "".join(char for char in html.unescape(text) if char in "\n\t" or not _invisible(char))
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", _DEFINITION.sub("", _TAG.sub("", text))))
    return _ADDRESS.sub(phrases("model").say("link_removed"), text)


def _invisible(char: str) -> bool:
    """Controls, format characters (zero width, direction), private and unassigned ones, variation selectors."""
    return unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn", "Cs") or "\ufe00" <= char <= "\ufe0f"
