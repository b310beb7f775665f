"""Facts found for the words of an ask: which of them may answer it at all, and how well their names fit.

Scores names against words; settles nothing between two values of one thing and never fills in what is not named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.builtin.facts.lens import Entry, Hit, Lens, named, years_of
from assistant.builtin.question.families import excluded, levels
from assistant.builtin.question.lexicon import content, lexicon, pairs, pattern, reduced, without_basis
from assistant.builtin.question.plan import Ask
from ingest.fact import Basis, Fact
from ingest.quantity import Unit, unit
from ingest.terms import basis_of, is_total

BUDGETS: tuple[Basis, ...] = ("年初预算", "调整后预算", "预算")
HEADLESS = 0.75
"""What is left of a hit's recall when it lacks the head noun of what is asked for."""
BALANCE = re.compile("结转|结余")
SPENT = re.compile("支出|执行|使用|花")
"""What was carried over is not what was spent of it; what is left at the end is never spent."""
ORIGIN = re.compile("原来|原先|此前")
_WEIGHT = re.compile(r"^(?:标准|指标)?(?:分值|权重|满分)(?:[（(].*)?$")
_HEADED = {"分值": re.compile("分值|权重|满分|标准分"), "得分": re.compile("得分|(?:评分|总分)$")}
"""What the column of a part is headed in one report or the other."""
PART = re.compile("(?:人员|经费|支出|资金|项目|企业|资产|收入|案件)中的?([一-龥]{2,})$")
"""离退休人员中离休干部: the part of a whole that is asked for."""
SIDE = re.compile("^(.{2,})的([一-龥]{2,})$")
"""X的中标金额: the side of a row that is asked for."""
ROW = 0.8
"""Share of the name of a row that must be said for it to be meant."""
WHOLLY = 0.9
"""Share of the words for a thing that a longer name must hold (年中因消防改造追加)."""
OPERATION = re.compile("[比较超多少占增减差加升降达]|的")
"""What is done with a figure is no side of it."""
KIND = re.compile("^(?:项目|专项|工程|任务|指标|工作|资金|经费)")
"""X项目: what kind of thing it is, said behind its name."""
LONG = 4
"""A name of so many characters is the thing wherever the words begin with it."""
NAMED_PART = 0.3
"""Share of the words of that part or side that a figure's name and sentence must hold."""
TURNED = 0.9
"""The recall of a hit that names in another order just what is asked for."""
UNSPOKEN = 0.93
"""What is left of a hit's score when it is a part that only other words of the question may mean."""
BESIDE = 0.85
"""What is left of a hit's score when what is asked for only stands before the head noun of its name."""


def find(seen: Lens, ask: Ask, floor: float = 0.6, precise: float = 0.3, near: bool = False) -> tuple[Hit, ...]:
    """Facts that the words of an ask name, the best first. Nothing below the floors is returned.

    `near`: also what bears another word of a family (中小企业 for 小微企业), to be told as the nearest thing only.
    """
    wanted = pairs(ask.phrase) or pairs(ask.text)
    if not wanted:
        return ()
    weight = seen.weight(wanted)
    head = _head(ask.phrase)
    spoken = wanted | pairs(reduced(ask.text)) | pairs(reduced(ask.context))
    orders = {order for pair in wanted for order in seen.by_pair.get(pair, ())}
    hits = [hit for order in orders if (hit := _score(seen, seen.entries[order], ask, wanted, weight, spoken, head))]
    good = [
        hit
        for hit in hits
        if hit.recall >= floor
        and hit.precision >= (precise if hit.recall < 0.75 else 0.5 * precise)
        and (near or not _other(seen, ask, hit.fact))
    ]
    good.sort(key=lambda hit: (-round(hit.score, 4), *_rank(hit.fact)))
    return tuple(good)


def _other(seen: Lens, ask: Ask, fact: Fact) -> bool:
    """Whether a figure is of another member of a family than the one asked for, or of the whole for its part."""
    name = "/".join((fact.subject, *fact.measure))
    said = re.sub(r"(?:各|分别)?(?:是|为|有)?\s*(?:(?:多少|几).*)?$", "", ask.text)
    if inner := PART.search(said):
        own = pairs(content(without_basis(reduced(inner[1]))))
        if own and share(seen, own, pairs(reduced(name + fact.quote))) < NAMED_PART:
            return True
    if not ask.part and another_side(seen, said, (*fact.subject.split("/"), *fact.measure), fact.quote):
        return True
    return excluded(ask.text, name, fact.quote + levels(seen.report(fact).department))


def another_side(seen: Lens, said: str, names: Sequence[str], line: str) -> bool:
    """Whether a side of a thing is asked for (X的中标金额, X利息) that a figure of it is not: one of its names is the
    thing, and neither the others nor the words of its line tell of the side."""
    split = _side(seen, said, [named(name) for name in names if name])
    bare = pattern("side").sub("", without_basis(pattern("bare", "after").sub("", reduced(split))))
    own = pairs(content(bare)) if split else frozenset()  # 目标, 实有: which figure of the thing, no other thing of it
    return seen.weight(own & pairs(reduced("".join(names) + line))) < NAMED_PART * seen.weight(own) if own else False


def _side(seen: Lens, said: str, names: Sequence[str]) -> str:
    """What is asked of the thing that one of the names is; "" where none of them is what the words begin with."""
    for name in names:
        rest = KIND.sub("", reduced(said).removeprefix(name))
        bare = re.fullmatch("[一-龥]{2,6}", rest) and not OPERATION.search(rest) and without_basis(rest) == rest
        if bare and len(name) >= LONG and rest != reduced(said):
            return rest
    match = SIDE.match(said)
    thing = pairs(reduced(match[1])) if match else frozenset()
    for own in (pairs(name) for name in names if match):
        if own and (share(seen, own, thing) >= ROW or share(seen, thing, own) >= WHOLLY):
            return match[2] if match else ""
    return ""


def _rank(fact: Fact) -> tuple[int, int, str]:
    """Of equals: certain ones, tables before prose, in reading order."""
    return (not fact.certain, fact.kind != "table", fact.id.rpartition(":")[2].zfill(8))


def _score(
    seen: Lens, entry: Entry, ask: Ask, wanted: frozenset[str], weight: float, spoken: frozenset[str], head: str
) -> Hit | None:
    fact = entry.fact
    if not admits(ask, entry):
        return None
    held = seen.weight(wanted & entry.core)
    own = pairs(reduced(seen.report(fact).department)) & wanted - entry.core
    if own and held:
        wanted, weight = wanted - own, max(weight - seen.weight(own), held)  # 退役军人 is said of all its figures
    letters = set("".join(entry.core | entry.caption))
    loose = {pair for pair in wanted - entry.core if letters.issuperset(pair)}
    held += 0.5 * seen.weight(loose)
    beside = seen.weight((wanted & entry.around) - entry.core - loose)
    recall = (held + 0.5 * beside) / weight
    if _turned(ask, fact, entry.core):
        recall = max(recall, TURNED)
    elif head and head not in entry.core | entry.caption and not letters.issuperset(head):
        recall *= HEADLESS
    precision = max(share(seen, name, spoken) for name in entry.names)
    score = recall * (0.55 + 0.45 * precision) * _preference(ask, entry)
    if _unspoken(ask, fact):
        score *= UNSPOKEN
    return Hit(fact, recall, precision, score if _heads(ask, fact) else BESIDE * score)


def _turned(ask: Ask, fact: Fact, core: frozenset[str]) -> bool:
    """Whether an amount is asked for by what was done to a thing (垃圾收运处置量), the two told the other way round."""
    done = ask.phrase.removesuffix("量")
    counted = fact.dimension not in ("money", "ratio", "score") and fact.basis not in ("目标", "差额")
    return done != ask.phrase and len(done) > 3 and counted and set("".join(core)) == set(done)


def _unspoken(ask: Ask, fact: Fact) -> bool:
    """Whether a figure of the prose is a part of another one (受理…，办结) that the ask itself does not name."""
    return (
        fact.kind == "prose"
        and len(fact.measure) > 1
        and not pairs(reduced(fact.measure[-1])) & pairs(reduced(ask.text))
    )


def _heads(ask: Ask, fact: Fact) -> bool:
    """Whether a figure of the prose is of the thing asked for (下辖派出所), not of what is done to it."""
    name = reduced(fact.measure[-1])
    return fact.kind != "prose" or ask.phrase not in name or name.endswith(ask.phrase)


def share(seen: Lens, wanted: frozenset[str], held: frozenset[str]) -> float:
    """How much of some words others hold, 0 to 1; pairs whose characters stand apart there count half."""
    letters = set("".join(held))
    near = {pair for pair in wanted - held if letters.issuperset(pair)}
    weight = seen.weight(wanted)
    return (seen.weight(wanted & held) + 0.5 * seen.weight(near)) / weight if weight else 0.0


def admits(ask: Ask, entry: Entry) -> bool:
    """Whether basis, kind of figure and period of a fact may answer the ask at all."""
    fact = entry.fact
    dimension = fact.dimension
    bare = dimension == "none" and ask.dimension in ("count", "area", "length")
    if ask.dimension and dimension != ask.dimension and not bare:
        return False
    if opens(reduced(ask.text)) is False and (
        opens(fact.subject) or (opens("/".join((fact.subject, *fact.measure))) and fact.basis == "")
    ):
        return False  # 年初在册 is not what there was at the end of the year
    before = bool(ORIGIN.search(ask.text))
    if before != _is_origin(fact) and (before or ask.year not in years_of(fact.period)):
        return False
    if ask.unit and not _counts(fact.quantity.unit, ask.unit):
        return False
    if pattern("beside").search(fact.measure[-1]) and not pattern("beside").search(ask.text):
        return False  # 得分率 of a row is not the rate that the row is about
    if not _basis_admits(ask, fact):
        return False
    if _WEIGHT.search(fact.measure[-1]) and ask.part != "分值" and not re.search("分|权重|占", ask.text):
        return False  # what an indicator weighs is not its figure
    return before or _year_admits(ask, entry)


def opens(words: str) -> bool | None:
    """Whether a balance is the opening one (年初、上年结转) or the closing one (年末); None for what is neither."""
    if re.search(r"[年期]初|上年", words):
        return True
    return False if re.search(r"[年期][末底]|年终", words) else None


def _is_origin(fact: Fact) -> bool:
    """Whether a figure is what another one was before (由76%提高到98%)."""
    return fact.kind == "prose" and len(fact.measure) > 1 and fact.measure[-1] == "原值"


def _head(phrase: str) -> str:
    """The last pair of characters of what is asked for, its head noun, unless it is one that labels leave out."""
    bare = re.sub(
        r"(项目|资金|经费|工程|任务|人数|人员|数量|数额|总量|总数|工作|服务|活动|企业|机构)$", "", phrase.split(" ")[-1]
    )
    return bare[-2:] if len(bare) > 2 and not basis_of(bare[-2:]) else ""


def _counts(own: Unit, asked: str) -> bool:
    """Whether a figure is one of what is asked for in a unit; a bare number may be, 批次 counts what 批 does."""
    wanted = unit(asked)
    if wanted is None or own.dimension != wanted.dimension:
        return wanted is None or (own.dimension == "none" and wanted.dimension == "count")
    return own.dimension != "count" or _kind(own) == _kind(wanted) or _interchanged(own.name, asked)


def _interchanged(one: str, other: str) -> bool:
    """Whether people count a thing by either of two units (几台车, 3辆)."""
    return any({one, other} <= set(group) for group in lexicon()["alike"]["units"])


def _kind(own: Unit) -> str:
    """The kind of thing that a unit counts; 批次, 人次 and 家次 count what 批, 人 and 家 do."""
    known = unit(own.name.removesuffix("次")) or own
    return known.kind


def _basis_admits(ask: Ask, fact: Fact) -> bool:
    basis = fact.basis
    if ask.part == "分值" or ask.part == "得分":
        head = _HEADED[ask.part].search("".join(fact.measure))
        return head is not None and fact.dimension in ("score", "none")
    if ask.basis == "年初预算" or ask.basis == "调整后预算":
        return basis == ask.basis or (basis == "预算" and ask.basis == "调整后预算")
    if ask.basis == "预算":
        return basis in BUDGETS or basis == "计划"
    if ask.basis == "决算":
        return basis in ("决算", "", "完成") and fact.dimension != "ratio"
    if ask.basis == "目标":
        return basis in ("目标", "计划") or (not basis and fact.dimension == "count" and "目标" in fact.measure[-1])
    if ask.basis == "完成":
        return basis in ("完成", "", "决算")
    if ask.basis == "计划":
        return basis in ("计划", "目标", "预算")
    if ask.basis in ("调整", "差额"):
        return basis in ("调整", "差额")
    return True


def _year_admits(ask: Ask, entry: Entry) -> bool:
    years = years_of(entry.fact.period)
    if ask.year is None:
        return entry.year is None or not years or entry.year in years or _drafted(entry)
    return ask.year in years or (not years and entry.year == ask.year)


def _drafted(entry: Entry) -> bool:
    """A stock counted on a day before the budget year, while the budget was drafted (截至2025年8月31日)."""
    dated = re.fullmatch(r"(20\d\d)年(?:[1-9]|1[01])月\d+日", entry.fact.period)
    return bool(dated and entry.year and int(dated[1]) == entry.year - 1)


def _preference(ask: Ask, entry: Entry) -> float:
    """Between facts with the same words: executed before budget, stated before difference, the report's own year."""
    fact = entry.fact
    factor = 1.0 if fact.certain else 0.93
    if ask.basis == "" and ask.part == "":
        factor *= {"决算": 1.0, "": 1.0, "完成": 1.0, "目标": 0.85, "计划": 0.85, "差额": 0.8, "调整": 0.9}.get(
            fact.basis, 0.9
        )
        if fact.dimension == "score" and ask.dimension != "score":
            factor *= 0.8
    if ask.basis == "预算" and fact.basis == "年初预算":
        factor *= 0.97
    carried = fact.basis == "决算" and BALANCE.search(ask.text) and opens(fact.subject) is not False
    if carried and SPENT.search("".join(fact.measure)):
        factor *= 1.0 if SPENT.search(ask.text) else 0.85
    if ("累计" in ask.text) != (fact.period == "累计"):
        factor *= 0.85
    if ask.year is not None and entry.year != ask.year:
        factor *= 0.97
    heads = (fact.measure[-1], *((fact.subject,) if fact.dimension == "ratio" else ()))
    if any(head.rstrip("（%）()").endswith(("率", "占比")) for head in heads) and not re.search("率|占|比", ask.text):
        factor *= 0.85
    if fact.measure[-1].startswith("其中") and fact.kind == "table" and "其中" not in ask.text:
        factor *= 0.93
    if fact.subject and is_total(fact.subject) and not is_total(ask.text):
        factor *= 0.98
    return factor
