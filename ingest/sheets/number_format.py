"""How a spreadsheet shows a stored number (数字格式): 0.9626 with 0.00% is 96.26%.

Covers the formats that reports use (places, thousands, percent, scaling commas, literals, dates); a format it does not
know shows the number in full. Rounds half away from zero, as spreadsheets do.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

LITERAL = re.compile(r'"([^"]*)"|\\(.)|!(.)')
CODES = re.compile(r"\[(?:\$([^\]-]*)[^\]]*|[^\]]*)\]")
FILLERS = re.compile(r"[_*].")
MARK = "\ue000"
"""Stands for a literal while the rest of a format is read."""


def shown(value: object, code: str) -> str:
    """The text of a stored value under a number format: "" for none, 是 and 否 are left as TRUE and FALSE."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date | time):
        return moment(value, code)
    if isinstance(value, int | float):
        return number(value, code)
    return str(value)


def is_hiding(code: str) -> bool:
    """Whether a format shows nothing at all (;;;)."""
    return bool(re.fullmatch(r"\s*;\s*;\s*;?\s*", code))


def exact(value: int | float) -> Decimal:
    """The decimal a cell holds: its first 15 digits, which is all a spreadsheet keeps."""
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")


def number(value: int | float, code: str) -> str:
    """A number under a format, its section chosen by sign."""
    try:
        amount = exact(value)
    except (InvalidOperation, ValueError):
        return str(value)
    sections = code.split(";")
    section = sections[0]
    if amount < 0 and len(sections) > 1 and sections[1].strip():
        section, amount = sections[1], -amount
    elif amount == 0 and len(sections) > 2 and sections[2].strip():
        section = sections[2]
    if section.strip().lower() in ("general", "@", "", "g/通用格式") or is_hiding(code):
        return plain(amount)
    return formatted(amount, section)


def plain(amount: Decimal) -> str:
    """All digits of a number, without an exponent and without idle zeros."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def formatted(amount: Decimal, section: str) -> str:
    """A number under one section of a format; in full where the section is not understood."""
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(next(part for part in match.groups() if part is not None))
        return MARK

    pattern = FILLERS.sub("", CODES.sub(lambda match: match[1] or "", LITERAL.sub(keep, section)))
    body = re.search(rf"[0#?][0#?,.]*(?:{MARK}[0#?][0#?,]*)?", pattern)
    if re.search(r"[eE][+-]|/", pattern):
        return plain(amount)
    if body is None:
        return restore(pattern, literals).strip() if amount == 0 else plain(amount)
    digits = body[0].replace(MARK, "")
    if amount == 0 and not re.search("[0#]", digits):
        return restore(pattern.replace(body[0], ""), literals).strip()
    amount *= 100 ** pattern.count("%")
    scale = len(digits) - len(digits.rstrip(","))
    if "." in digits:
        whole, _, after = digits.partition(".")
        scale += len(whole) - len(whole.rstrip(","))
        places, optional = len(re.sub(r"[^0#?]", "", after)), after.count("#")
    else:
        whole, places, optional = digits, 0, 0
    amount = (amount / (1000**scale)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{amount:,f}" if "," in whole.rstrip(",") else f"{amount:f}"
    for _ in range(optional):
        text = text[:-1] if "." in text and text.endswith("0") else text
    text = padded(text.rstrip("."), whole)
    if MARK in body[0]:
        behind = len(re.sub(r"[^0#?]", "", body[0].partition(MARK)[2]))
        text = text[:-behind] + MARK + text[-behind:]
    front = pattern[: body.start()]
    if text.startswith("-") and front.strip():
        front, text = "-" + front, text[1:]
    return restore(front + text + pattern[body.end() :], literals).replace("@", "").strip()


def padded(text: str, whole: str) -> str:
    """A whole number part with the leading zeros that its format demands (0000)."""
    wanted = whole.count("0")
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    head, dot, tail = digits.partition(".")
    return sign + head.rjust(wanted, "0") + dot + tail


def restore(text: str, literals: list[str]) -> str:
    """Put the literals of a format back where they stood."""
    kept = iter(literals)
    return "".join(next(kept, "") if char == MARK else char for char in text)


def moment(value: datetime | date | time, code: str) -> str:
    """A date or time: in Chinese where the format says 年, else as ISO writes it."""
    if isinstance(value, time):
        return value.strftime("%H:%M")
    timed = isinstance(value, datetime) and (value.hour or value.minute) and "h" in code.lower()
    clock = value.strftime(" %H:%M") if timed else ""
    bare = code.replace('"', "")
    if "年" in bare or "[$-804]" in code:
        if "日" in bare or ("d" in bare and "月" not in bare):
            return f"{value.year}年{value.month}月{value.day}日{clock}"
        return f"{value.year}年{value.month}月" if "月" in bare or "m" in bare else f"{value.year}年"
    return f"{value:%Y-%m-%d}{clock}"
