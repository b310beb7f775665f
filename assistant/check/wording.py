"""The sentences in which the gate gives its reasons (核对说明): source value and place, or the calculation.

Words only; nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Verdict
from assistant.check.claim import Claim
from assistant.check.ledger import Entry
from ingest.fact import label
from ingest.report import Place


def where(place: Place) -> str:
    """第12页 表3 第5行第2列, as far as it is known; rows and columns count from 1."""
    parts = [f"第{place.page}页"] if place.page else []
    if place.table:
        parts.append(f"表{place.table}")
    if place.row is not None:
        parts.append(f"第{place.row + 1}行" + (f"第{place.col + 1}列" if place.col is not None else ""))
    elif place.block is not None:
        parts.append(f"第{place.block + 1}段")
    return " ".join(parts) or "原文"


def value(entry: Entry) -> str:
    """The fact's value as it should be written: a bare table cell gets its unit."""
    quantity = entry.fact.quantity
    unit = quantity.unit.name
    return quantity.text if quantity.text.endswith(unit) else f"{quantity.text}{unit}"


def described(entry: Entry) -> str:
    """“部门预算/年初预算数”（2023年度，第3页 第12段）为78605.68万元."""
    fact = entry.fact
    return f"“{label(fact)}”（{'，'.join(part for part in (fact.period, where(fact.place)) if part)}）为{value(entry)}"


def agrees(claim: Claim, entry: Entry, verdict: Verdict) -> str:
    """Why a figure holds."""
    how = {"exact": "相同", "rounded": f"按所写位数四舍五入得{claim.quantity.text}"}
    cut = f"所写{claim.quantity.text}是截去尾数，四舍五入不得此数"
    return f"原文{described(entry)}，{how.get(verdict, cut)}。"


def contradicts(one: Entry, other: Entry) -> str:
    """The report gives two values for one label; neither is preferred."""
    return f"报告自相矛盾：{described(one)}，而{described(other)}，无法判定哪一处有误。"


def slipped(claim: Claim, entry: Entry, power: int) -> str:
    """Off by a power of ten."""
    off = f"{'大' if power > 0 else '小'}了10的{abs(power)}次方倍"
    return f"原文{described(entry)}，所写{claim.quantity.text}{off}，疑为单位或小数点之误。"


def turned(claim: Claim, entry: Entry) -> str:
    """Right size, wrong direction."""
    return f"原文{described(entry)}，增减方向与所写{claim.quantity.text}相反。"


def mislabelled(claim: Claim, other: Entry, meant: Entry | None) -> str:
    """The value belongs to another label, period or basis."""
    name = "、".join(part for part in (claim.period, claim.name) if part)
    says = f"所写{claim.quantity.text}在原文是{described(other)}"
    return f"{says}，不是“{name}”；" + (f"{described(meant)}。" if meant else "口径或期间不符。")


def differs(claim: Claim, entry: Entry) -> str:
    """The label is found and its value is another."""
    return f"原文{described(entry)}，与所写{claim.quantity.text}不一致。"


def unlabelled(claim: Claim, entry: Entry) -> str:
    """The value occurs, but the text does not say what it is."""
    return f"原文{described(entry)}，数值相同，但文中没有写明是不是这一项。"


def quoted(quote: str) -> str:
    """The report says so word for word."""
    return f"原文逐字有“{quote}”。"


def denied(claim: Claim) -> str:
    """The text itself says that this is not the figure."""
    return f"文中否定了{claim.quantity.text}，没有把它当作数字提出。"


def bounds(claim: Claim, entry: Entry) -> str:
    """A bound of the report's figure, which lies within it."""
    return f"原文{described(entry)}，在所写“{claim.quantity.relation}{claim.quantity.text}”的界限之内，关系成立。"


def bound(claim: Claim) -> str:
    """A bound, which no report needs to state."""
    return f"{claim.quantity.text}是文中比较用的界限，不是报告的数。"


def within_all(claim: Claim, values: Sequence[str]) -> str:
    """All that was told before lies within the bound."""
    return (
        f"上文各数（{'、'.join(values)}）都在所写“{claim.quantity.relation}{claim.quantity.text}”的界限之内，关系成立。"
    )


def beyond_bound(claim: Claim, value: str) -> str:
    """One of what was told before does not lie within the bound of all."""
    return f"上文有{value}，不在所写“{claim.quantity.relation}{claim.quantity.text}”的界限之内。"


def unfounded(claim: Claim, near: Sequence[Entry]) -> str:
    """Neither label nor value is in the report, and no calculation gives it."""
    hint = f"最接近的是{described(near[0])}。" if near else ""
    return f"报告中没有{claim.quantity.text}的依据，也不能由所写各数算出。{hint}"


def computed(claim: Claim, expression: str, result: str, premise: str = "") -> str:
    """A calculation that gives the figure."""
    return f"{premise}{expression}={result}，与所写{claim.quantity.text}相符。"


def miscomputed(claim: Claim, expression: str, result: str) -> str:
    """A calculation that the figure should have come from and does not."""
    return f"{expression}={result}，与所写{claim.quantity.text}不符。"


def uncompared(first: Claim, second: Claim, word: str) -> str:
    """Two figures that hold, and a comparison of them that does not."""
    return f"{first.quantity.text}与{second.quantity.text}两数无误，但“{word}”不成立。"


def surpassed(claim: Claim, best: Entry, word: str) -> str:
    """A figure that holds, and that is not the highest or lowest as the sentence says."""
    return f"{claim.quantity.text}无误，但“{word}”不成立：{described(best)}。"
