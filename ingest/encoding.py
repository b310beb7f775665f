"""From bytes to text (字符编码): UTF-8/16, GB18030 and Big5, with or without a byte order mark.

Refuses what is not text; never replaces a character silently.
"""

from __future__ import annotations

import codecs
import re

from ingest.errors import UnreadableFile

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]+encoding\s*=\s*[\"']([\w-]+)", re.I)
COMMON = frozenset(
    "的一是不了在有人我他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能对着事其里所去行过家十用发天如然作方成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从年度万元预算支出部门单位项目绩效评价资金财政管理情况报告总计合计"
    "的預算資金項目單位財政績效評價報告總計萬元"
)
LEAST_LIKENESS = 0.1
"""Chinese read in the wrong encoding shows hardly any frequent character."""
UNTRUE = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")


def decode(data: bytes) -> str:
    """The text of `data`, without its byte order mark. UnreadableFile where no encoding fits."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return decoded(data, name) or refuse()
    declared = DECLARED.search(data[:4096])
    names = [(declared[1] or declared[2]).decode("ascii")] if declared else []
    for name in (*names, "utf-8"):
        if (text := decoded(data, canonical(name))) is not None:
            return text
    return guess(data)


def canonical(name: str) -> str:
    """GB2312 and GBK are read as GB18030, which contains them."""
    return "gb18030" if name.lower().replace("-", "") in ("gb2312", "gbk", "gb18030", "xgbk") else name


def guess(data: bytes) -> str:
    """Text without a mark that is not UTF-8: a damaged UTF-8 file, or the encoding most like Chinese prose."""
    if kept := mostly(data):
        return kept
    wide = [name for name in ("utf-16-le", "utf-16-be") if is_wide(data, name)]
    candidates = [text for name in (*wide, "gb18030", "big5") if (text := decoded(data, name)) is not None]
    best = max(candidates, key=likeness, default="")
    return best if likeness(best) >= LEAST_LIKENESS else refuse()


def is_wide(data: bytes, name: str) -> bool:
    """Whether bytes may be UTF-16 without a mark: an even count, and line ends or spaces written in two bytes."""
    if len(data) % 2:
        return False
    little = name == "utf-16-le"
    ends = {(10, 0), (13, 0), (32, 0)} if little else {(0, 10), (0, 13), (0, 32)}
    return any((data[at], data[at + 1]) in ends for at in range(0, min(len(data), 4000) - 1, 2))


def mostly(data: bytes) -> str:
    """UTF-8 text with a few broken bytes (a cut file): the breaks show as □; "" where more than 1 in 200 is broken."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return (
        text.replace("\ufffd", "□")
        if broken * 200 <= len(text) and not UNTRUE.search(text.replace("\ufffd", ""))
        else ""
    )


def decoded(data: bytes, name: str) -> str | None:
    """The text in one encoding, or None where the bytes are not that encoding or not text."""
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None
    return None if UNTRUE.search(text) else text.lstrip("\ufeff")


def likeness(text: str) -> float:
    """Share of frequent Chinese characters, punctuation and ASCII among the first characters of a text."""
    sample = text[:5000]
    known = sum(char in COMMON or char in "，。、：；（）“”\n\r" or " " <= char <= "~" for char in sample)
    return known / max(len(sample), 1)


def refuse() -> str:
    """Raise the sentence for bytes that are no text."""
    raise UnreadableFile("这个文本文件的编码不是 UTF-8、UTF-16、GB18030 或 Big5，或者不是文本。请另存为 UTF-8 再试。")
