"""Every label of the page and of the command line, in Chinese and English, from phrases.toml.

What reports and answers say stays Chinese. The page speaks the language of the browser: fixed labels are chosen there
(gradio's I18n), what the server draws is drawn in the language that the browser asks for.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gradio import I18n
    from gradio.i18n import I18nData

LANGUAGES = ("zh", "en")


@cache
def phrases() -> dict[str, dict[str, str]]:
    """`{key: {"zh": …, "en": …}}`; a key is section_name."""
    file = tomllib.loads(Path(__file__).with_name("phrases.toml").read_text(encoding="utf-8"))
    return {
        f"{section}_{name}": dict(zip(LANGUAGES, said, strict=True))
        for section, names in file.items()
        for name, said in names.items()
    }


@dataclass(frozen=True, slots=True)
class Words:
    """The phrases of one language."""

    language: str = "zh"

    def __call__(self, key: str, **filled: object) -> str:
        """A phrase with its blanks filled."""
        said = phrases()[key][self.language]
        return said.format(**filled) if filled else said


def words_for(request: Any) -> Words:
    """The words of whoever asks: English where the browser prefers it, else Chinese."""
    asked = str(request.headers.get("accept-language", "")) if request is not None else ""
    return Words("en" if asked.strip().lower().startswith("en") else "zh")


def label(key: str) -> I18nData:
    """A fixed label, worded in the browser."""
    from gradio.i18n import I18nData

    assert key in phrases(), key
    return I18nData(key)


def translations() -> I18n:
    """All phrases for the browser, Chinese wherever the browser speaks neither language."""
    from gradio import I18n

    zh, en = ({key: said[language] for key, said in phrases().items()} for language in LANGUAGES)
    return I18n(**{"zh": zh, "zh-CN": zh, "zh-TW": zh, "zh-HK": zh, "en": en})
