"""Chinese numerals (中文数字与大写): 一亿二千万, 壹拾, 两万五, 三点五. Only their value, not what they count."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True)),
    "〇": 0,
    "○": 0,
    "两": 2,
    "貳": 2,
    "參": 3,
}
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
LARGE = {"万": 10**4, "亿": 10**8, "萬": 10**4, "億": 10**8}


def numeral(text: str) -> tuple[Decimal, int, str] | None:
    """Value, decimal places and trailing scale of a numeral: 一亿二千万 is (12000, 0, "万"); None if it is not one."""
    whole, point, fraction = text.partition("点")
    if point and not fraction:
        return None
    scale = ""
    body = fraction if point else whole
    while body and body[-1] in LARGE:
        scale = {"萬": "万", "億": "亿"}.get(body[-1], body[-1]) + scale
        body = body[:-1]
    if len(scale) > 1 and scale != "万亿":
        return None
    if not point:
        value = _integer(whole)
        size = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[scale]
        return None if value is None or value % size else (Decimal(value // size), 0, scale)
    value = _integer(whole)
    if value is None or not all(digit in DIGITS for digit in body):
        return None
    digits = "".join(str(DIGITS[digit]) for digit in body)
    return Decimal(f"{value}.{digits}"), len(digits), scale


def _integer(text: str) -> int | None:
    """An integer in words (一千零五万) or read digit by digit (二〇二一); 三四家 is three or four, so no number."""
    if not text or len(text) > 24:
        return None
    if all(char in DIGITS for char in text):
        if len(text) in (2, 3) and not set(text) & {"零", "〇", "○"}:
            return None
        return int("".join(str(DIGITS[char]) for char in text))
    total = section = 0
    digit: int | None = None
    last = 0
    for char in text:
        if char in DIGITS:
            if digit:
                return None
            digit = DIGITS[char]
            last = 1 if digit == 0 else last
        elif char in SMALL:
            section += (1 if digit is None else digit) * SMALL[char]
            digit, last = None, SMALL[char]
        elif char in LARGE:
            section += digit or 0
            total = (total + section) * LARGE[char] if LARGE[char] > 10**4 else total + section * LARGE[char]
            section, digit, last = 0, None, LARGE[char]
        else:
            return None
    if digit and last >= 100:
        digit *= last // 10
    return total + section + (digit or 0)
