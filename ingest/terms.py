"""What words mean in these reports: labels, bases (口径), periods (期间), sentences, terms.

Knows no report, no figure and no layout; all wording lives in terms.toml.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from operator import add
from typing import cast, get_args

from ingest.fact import Basis
from ingest.periods import periods as periods
from ingest.wording import wording, words

_NUMBERING = re.compile(
    r"^(?:[（(][一二三四五六七八九十百\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、](?!\d)|[①-⑳]|第[一二三四五六七八九十]+[，、]|[一二三四五六七八九十]是(?!否))[.、．]?"
)
_OF_WHICH = re.compile(r"^(?:其中|包括|含|加|减)[：:，,]|^其中")
_MARKS = re.compile(r"[\s“”‘’\"'「」『』《》〈〉【】*#·]+")
_CIRCLED = re.compile("[①-⑳]")
_DATED = re.compile(r"^(?:20\d\d年(?!初|末)度?|本年度?|上年度?|当年)")
_PARENTHESIS = re.compile(r"\(([^()]*)\)")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Text under NFKC without spaces, quotes, marks of footnotes (①) and leading numbering (一、（二）1.)."""
    text = _MARKS.sub("", unicodedata.normalize("NFKC", _CIRCLED.sub("", text)))
    while (shorter := _NUMBERING.sub("", text)) != text and shorter:
        text = shorter
    return text


@cache
def _aliases() -> tuple[dict[str, str], dict[str, str]]:
    """(variant → name for whole labels, variant → name also good as the end of a label)."""
    whole: dict[str, str] = {}
    for name, variants in wording()["aliases"].items():
        for variant in (name, *variants):
            whole[_bare(variant)] = _bare(name)
    only = {_bare(word) for word in words("whole")}
    ends = {variant: name for variant, name in whole.items() if variant not in only and len(variant) >= 2}
    return whole, ends


@cache
def _longest_end() -> int:
    """The length of the longest variant that a label may end with."""
    return max(map(len, _aliases()[1]))


@cache
def _label_units() -> frozenset[str]:
    return frozenset(unicodedata.normalize("NFKC", word) for word in words("label_units"))


@lru_cache(maxsize=65536)
def _bare(label: str) -> str:
    """A label without numbering, 其中, quotes, spaces, unit in parentheses and the parentheses themselves."""
    text = plain(label)
    label = _OF_WHICH.sub("", text)
    label = label if label == text else plain(label)
    if "(" in label:
        label = _PARENTHESIS.sub(lambda m: "" if m[1].removeprefix("单位:") in _label_units() else m[0], label)
    return label.replace("(", "").replace(")", "").strip(":,;、。-")


@lru_cache(maxsize=65536)
def canonical(label: str) -> str:
    """A label reduced to what it means: `其中：一、年初部门预算指标（万元）` → `年初预算数`. Paths part by part."""
    whole, ends = _aliases()
    if "/" in label:
        parts = [part for part in label.split("/") if part.strip()]
        if (joined := "".join(map(_bare, parts[-2:]))) in whole:
            parts[-2:] = [joined]
        return "/".join(map(canonical, parts))
    bare = _bare(label)
    undated = _DATED.sub("", bare)
    if undated in whole:
        return whole[undated]
    for start in range(max(1, len(bare) - _longest_end()), len(bare) - 1):
        if bare[start:] in ends:
            return bare[:start] + ends[bare[start:]]
    return bare


@cache
def _opposites() -> tuple[re.Pattern[str], ...]:
    """One side of a pair and then the other: the bits that `sides` sets, lowest first."""
    return tuple(re.compile(side) for pair in wording()["opposites"]["pairs"] for side in pair)


@lru_cache(maxsize=65536)
def sides(label: str) -> int:
    """The sides that a label takes (收入 or 支出, 年初 or 年末), as bits; of a pair that it names both of, none."""
    named = sum(1 << at for at, side in enumerate(_opposites()) if side.search(label))
    return named & ~opposite(named)


def opposite(sides: int) -> int:
    """The other sides: a pair is two neighbouring bits."""
    low = 0x5555555555555555  # the first side of every pair
    return (sides & low) << 1 | (sides >> 1) & low


@lru_cache(maxsize=65536)
def is_alias(label: str) -> bool:
    """Whether a label is nothing but a measure that terms.toml knows (年初预算数、得分), with no item of its own."""
    return _DATED.sub("", _bare(label)) in _aliases()[0]


@lru_cache(maxsize=65536)
def is_total(label: str) -> bool:
    """Whether a row's label says everything together (合计、总计、年度资金总额) rather than one item."""
    return _bare(label.rpartition("/")[2]) in words("totals")


@lru_cache(maxsize=65536)
def is_serial(label: str) -> bool:
    """Whether a column only numbers or codes its rows (序号、编码)."""
    bare = _bare(label)
    return bare in words("serial") or bare.endswith(("编码", "代码", "编号"))


@cache
def _basis_words() -> tuple[re.Pattern[str], dict[str, Basis]]:
    known = {word: cast(Basis, basis) for basis, listed in wording()["basis"].items() for word in listed}
    assert set(known.values()) <= set(get_args(Basis)), "terms.toml names a basis that does not exist"
    longest = sorted({*known, *words("neutral")}, key=lambda word: (-len(word), word))  # 预算执行数 before 预算执行
    return re.compile("|".join(map(re.escape, longest))), known


@lru_cache(maxsize=65536)
def basis_words(text: str) -> tuple[str, ...]:
    """The words of a text that tell a basis, in order; those inside names that only contain them left out."""
    looks, known = _basis_words()
    return tuple(match[0] for match in looks.finditer(plain(text)) if match[0] in known)


@lru_cache(maxsize=65536)
def basis_of(text: str) -> Basis:
    """The basis (口径) that a label or clause speaks of: by the longest of its words, then the last. "" if none."""
    found = basis_words(text)
    if not found:
        return ""
    basis = _basis_words()[1][max(enumerate(found), key=lambda item: (len(item[1]), item[0]))[1]]
    return _staged(plain(text)) if basis == "预算" else basis


def _staged(text: str) -> Basis:
    """Which budget a text speaks of that says so in another place (预算安排／年初数): the initial or the final one."""
    stages = wording()["stages"]
    named = [cast(Basis, basis) for basis, listed in stages.items() if any(word in text for word in listed)]
    return named[0] if len(named) == 1 else "预算"


_QUOTES = re.compile(r"“[^“”\n]{0,60}”|‘[^‘’\n]{0,60}’|《[^《》\n]{0,60}》|（[^（）\n]{0,80}）|\([^()\n]{0,80}\)")
_STOP = re.compile(r"[。；！？;!?\n\r]+[”’」』）)]*")


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of sentences: split at 。；！？ and line ends, never inside quotes or parentheses; no blank ones."""
    stops = [match.span() for match in _STOP.finditer(text)]
    inner = stops and stops[0][1] < len(text)
    closed = [match.span() for match in _QUOTES.finditer(text)] if inner else []
    spans, start = [], 0
    for stop, end in stops:
        if closed and any(a < stop < b - 1 for a, b in closed):
            continue
        spans.append((start, end))
        start = end
    spans.append((start, len(text)))
    trimmed = []
    for a, b in spans:
        piece = text[a:b]
        a, b = a + len(piece) - len(piece.lstrip()), b - (len(piece) - len(piece.rstrip()))
        if b > a:
            trimmed.append((a, b))
    return tuple(trimmed)


@cache
def _vocabulary() -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in sorted(words("vocabulary"), key=len, reverse=True))
    return re.compile(rf"({listed}|[A-Za-z][A-Za-z0-9+-]*|\d[\d.,]*)|([一-鿿])")


@cache
def _variants() -> re.Pattern[str]:
    """The local names of measures that may stand anywhere in a text, longest first."""
    names = (variant for variant in _aliases()[1] if len(variant) >= 3)
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))


@cache
def _stop() -> re.Pattern[str]:
    long = sorted((word for word in words("stop") if len(word) > 1), key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in long))


@cache
def _single() -> frozenset[str]:
    return frozenset(word for word in words("stop") if len(word) == 1)


_PARTED = re.compile(r"[/,，。；;、：:？?（）()]")


@lru_cache(maxsize=65536)
def terms(text: str) -> tuple[str, ...]:
    """Content terms for matching labels: domain words by longest match, other Han text as pairs of characters."""
    single = _single()
    found: list[str] = []
    for part in _PARTED.split(canonical(text)):
        loose = ""
        named = _variants().sub(lambda match: _aliases()[1][match[0]], canonical(part))
        for word, letter in _vocabulary().findall(_stop().sub(" ", named)):
            if letter:
                loose += letter if letter not in single else " "
                continue
            if loose:
                found += _pairs(loose)
                loose = ""
            found.append(word.lower())
        found += _pairs(loose)
    return tuple(found)


def _pairs(loose: str) -> list[str]:
    """Adjacent pairs of characters of each stretch; a lone character stands for itself."""
    pairs: list[str] = []
    for stretch in loose.split():
        pairs += map(add, stretch, stretch[1:]) if len(stretch) > 1 else [stretch]
    return pairs


def coverage(label: str, text: str) -> int:
    """How much of a label's terms a longer text contains, 0 … 1000 (per mille)."""
    wanted, given = _counted(label), _counted(text)
    met = sum(len(term) * min(times, given[term]) for term, times in wanted.items() if term in given)
    return 1000 * met // _length(label) if met else 0


@lru_cache(maxsize=65536)
def _length(label: str) -> int:
    """How long a label's terms are together."""
    return sum(len(term) * times for term, times in _counted(label).items())


@lru_cache(maxsize=65536)
def _counted(text: str) -> Counter[str]:
    return Counter(terms(text))
