"""The words of questions (问句用词), read once from words.toml. Knows no report and no figure."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from ingest.wording import words as field_words

_MARKS = re.compile(r"[\s“”‘’\"'「」『』《》〈〉【】（）()*#·:：?？!！。]+")


_SPAN = re.compile(r"(?<!\d)(\d{1,2})年?[至到~—–-](\d{1,2})年")
"""1至2年, 1年至2年, 1-2年: one span of years."""


@cache
def lexicon() -> dict[str, Any]:
    """The content of words.toml."""
    return tomllib.loads(files("assistant.builtin.question").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(kind of question, what it looks like), in the order of the file."""
    return tuple((row["name"], re.compile("|".join(row["patterns"]))) for row in lexicon()["kind"])


@cache
def pattern(section: str, name: str = "patterns") -> re.Pattern[str]:
    """A list of regular expressions of a section as one."""
    return re.compile("|".join(lexicon()[section][name]))


@cache
def anyof(section: str, name: str = "words") -> re.Pattern[str]:
    """A list of plain words of a section as one pattern, the longest first."""
    listed = sorted(lexicon()[section][name], key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in listed))


@cache
def _synonyms() -> tuple[re.Pattern[str], dict[str, str]]:
    table: dict[str, str] = lexicon()["synonyms"]
    longest = sorted(table, key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in longest)), table


@lru_cache(maxsize=65536)
def reduced(text: str) -> str:
    """Text under NFKC without spaces, quotes and brackets, in one spelling of the field's synonyms."""
    found, table = _synonyms()
    return found.sub(lambda match: table[match[0]], _MARKS.sub("", unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=65536)
def spelled(text: str) -> str:
    """Text in one spelling, words of time that mean the same (年末、期末) as one."""
    text = _SPAN.sub(r"\1-\2年", reduced(text))
    for one, *others in lexicon()["cells"]["same"]:
        for other in others:
            text = text.replace(other, one)
    return text


@cache
def _basis_words() -> re.Pattern[str]:
    listed = [word for basis in ("年初预算", "调整后预算", "预算", "决算") for word in _bases()[basis]]
    listed += [
        "预算数",
        "决算数",
        "执行数",
        "支出数",
        "年初预算数",
        "调整后预算数",
        "调整预算数",
        "全年执行数",
        "预算金额",
        "预算总额",
        "金额",
        "实际数",
        "实际发生数",
        "实际",
    ]
    longest = sorted({word for word in listed if "收入" not in word and "采购" not in word}, key=len, reverse=True)
    neutral = sorted(field_words("neutral"), key=len, reverse=True)
    kept = "|".join(re.escape(word) for word in neutral)
    return re.compile(f"({kept})|(?:{'|'.join(re.escape(word) for word in longest)})")


def _bases() -> dict[str, list[str]]:
    from ingest.wording import wording

    found: dict[str, list[str]] = wording()["basis"]
    return found


@lru_cache(maxsize=65536)
def without_basis(text: str) -> str:
    """Text with the words that only name a basis (年初预算、决算数) taken out, 基本支出 and the like kept."""
    return _basis_words().sub(lambda match: match[1] or " ", text)


@lru_cache(maxsize=65536)
def content(text: str) -> str:
    """What a question asks about: its words without function words; stretches are parted by spaces."""
    stretches = (_trimmed(stretch) for stretch in anyof("strip").sub(" ", reduced(text)).split())
    return " ".join(stretch for stretch in stretches if stretch)


def _trimmed(stretch: str) -> str:
    """A stretch without the single characters at its ends that only connect; whole words (返还) stay."""
    kept = stretch.strip(_edges())
    words = lexicon()["strip"]["whole"]
    first = next((word for word in words if word[-1] == kept[:1] and stretch.startswith(word)), "")
    last = next((word for word in words if word[0] == kept[-1:] and stretch.endswith(word)), "")
    return first[:-1] + kept + last[1:]


@cache
def _edges() -> str:
    return "".join(lexicon()["strip"]["edges"])


@lru_cache(maxsize=65536)
def pairs(text: str) -> frozenset[str]:
    """Adjacent pairs of characters within each stretch; a stretch of one character counts as itself."""
    found: set[str] = set()
    for stretch in re.split(r"[\s/，,、；;｜|]+", text):
        found.update(stretch[at : at + 2] for at in range(len(stretch) - 1)) if len(stretch) > 1 else None
    return frozenset(found)
