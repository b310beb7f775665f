"""Does it add up: totals against their parts, identities between figures, a rate against its inputs, two reports
against one another. A gap that rounding explains is called 尾差 and is no error.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from assistant.calculate import Result, agrees, difference, ratio, ratio_of_sum, rounded, signed, tolerance, total
from assistant.doubts import in_table
from assistant.lens import Ask, Entry, Lens, find, same_thing
from assistant.lexicon import content, lexicon, pairs, reduced
from assistant.lookup import TOTAL, Found, look, name_of, names, whole
from assistant.passages import ranked_sentences, topic
from assistant.plan import Plan, ask, segments
from assistant.rates import asked_rate, rate_reply
from assistant.reply import Reply, shown, stated
from assistant.review.footing import level
from ingest.fact import Fact
from ingest.quantity import quantities, show
from ingest.terms import is_total

TERM = re.compile(r"((?<![追增核添])加上?|(?<![调追核增压])减(?!少)去?|扣除|[＋+－−])")
ENDING = re.compile(
    r"(之和|之差|相加|合计|加起来)?(?:是否|是不是|能|可以|应该?)?(?:等于|推出|得出|得到|一致|相等|是)(.*?)[吗么]?[？?]?$"
)
NEAR = 20
"""A run of parts may miss its total by at most a twentieth and still be read as its parts."""


ALSO = {
    "收入": ("本年收入合计", "收入决算"),
    "本年收入": ("本年收入合计", "收入决算"),
    "收入决算": ("收入决算", "本年收入合计"),
    "支出": ("支出决算",),
    "本年支出": ("支出决算",),
    "年初结转": ("年初结转和结余",),
    "年末结转": ("年末结转和结余",),
    "调减": ("年中调减指标", "调减额"),
    "追加": ("年中追加", "追加额"),
}
"""What a term of an identity is called in full."""


def sums(plan: Plan, seen: Lens) -> Reply | None:
    """合计对吗: the total of a column, or of a sentence's parts, against what it sums."""
    if re.search(r"表|合计|总分|总计|总额|各项|列|分值|占比", plan.question):
        return _column(plan, seen) or identity(plan, seen) or _parts(plan, seen)
    return identity(plan, seen) or _parts(plan, seen)


def _column(plan: Plan, seen: Lens) -> Reply | None:
    """The total row of the table that is meant, in the column that is meant."""
    best: tuple[float, list[Fact], Fact] | None = None
    for key, facts in _columns(seen, plan.table).items():
        head = key[2]
        closing = [fact for fact in facts if _is_total(fact)]
        items = _items([fact for fact in facts if not _is_total(fact)])
        if not closing:
            closing = _named_total(plan, seen, facts)
            items = [fact for fact in items if fact not in closing]
        if not closing or len(items) < 2:
            continue
        fit = _column_fit(plan, seen, head, closing[-1], items)
        if fit > 0 and (best is None or fit > best[0]):
            best = (fit, items, closing[-1])
    if best is None:
        return None
    reply = _verdict(plan, seen, best[1], best[2])
    more = in_table(seen, best[2].place.report, best[2].place.table, reply.text) if reply else []
    return replace(reply, text=reply.text + "；".join(more) + "。") if reply and more else reply


def _named_total(plan: Plan, seen: Lens, items: Sequence[Fact]) -> list[Fact]:
    """A total that stands elsewhere in the table and that the question names (资金总额)."""
    match = re.search(r"[与和等于跟]([^与和]{2,10}?)(?:是否|一致|相等|相符|对得上)", plan.question)
    first = items[0]
    found = look(seen, ask(match[1])) if match else None
    if not found or found.fact.quantity.unit.dimension != first.quantity.unit.dimension or found.fact in items:
        return []
    return [found.fact]


def _columns(seen: Lens, table: str) -> dict[tuple[str, int, str], list[Fact]]:
    made: dict[tuple[str, int, str], list[Fact]] = {}
    for entry in seen.entries:
        place = entry.fact.place
        if entry.fact.kind != "table" or place.table is None or not entry.fact.subject:
            continue
        caption = next(t.caption for t in seen.report(entry.fact).tables if t.number == place.table)
        if table and not re.search(rf"表\s*{table}(?!\d)", caption):
            continue
        made.setdefault((place.report, place.table, "/".join(entry.fact.measure)), []).append(entry.fact)
    return _joined(made)


def _joined(made: dict[tuple[str, int, str], list[Fact]]) -> dict[tuple[str, int, str], list[Fact]]:
    """Scores stand under one heading in several layers of a table: they are one column."""
    joined: dict[tuple[str, int, str], list[Fact]] = {}
    for (report, number, head), facts in made.items():
        last = head.rpartition("/")[2]
        joined.setdefault((report, number, last if re.search("分值|得分", last) else head), []).extend(facts)
    return joined


def _is_total(fact: Fact) -> bool:
    return is_total(fact.subject) or bool(TOTAL.search(fact.subject))


def _items(facts: Sequence[Fact]) -> list[Fact]:
    """Rows of the first level: no 其中 rows, no numbered children."""
    plain = [fact for fact in facts if not fact.subject.startswith("其中")]
    depths = [level(fact.subject) for fact in plain]
    if any(depths):
        top = min(depth for depth in depths if depth)
        plain = [fact for fact, depth in zip(plain, depths, strict=True) if depth in (0, top)]
    return [fact for fact in plain if fact.quantity.unit.dimension == plain[0].quantity.unit.dimension]


def _column_fit(plan: Plan, seen: Lens, head: str, closing: Fact, items: Sequence[Fact]) -> float:
    """How well a column is the one that the question means."""
    wanted = pairs(reduced(plan.question))
    last = head.rpartition("/")[2]
    fit = seen.weight(pairs(reduced(last)) & wanted)
    basis = next((one.basis for one in plan.asks if one.basis), "")
    if basis:
        fit += 5.0 if closing.basis == basis or (basis == "预算" and "预算" in closing.basis) else -5.0
    if re.search("总分", plan.question):
        fit += 5.0 if "得分" in last else -5.0
    if re.search("占比|比重", plan.question) and closing.quantity.unit.dimension != "ratio":
        fit -= 10
    if "率" in last and "率" not in plan.question:
        fit -= 10
    return fit + 0.3 * seen.weight(pairs(reduced(closing.subject)) & wanted)


def _verdict(plan: Plan, seen: Lens, items: Sequence[Fact], closing: Fact) -> Reply | None:
    made = total(items)
    if made is None:
        return None
    own = closing.quantity
    gap = made.value * made.unit.factor - own.base
    label = "逐项"
    working = made.working if len(items) <= 15 else f"逐项相加＝{made.text}"
    facts = (*items, closing)
    claim = next((q for q in plan.stated if q.unit.dimension == own.unit.dimension), None)
    if abs(gap) <= tolerance(items, closing):
        if gap:
            small = show(abs(gap) / made.unit.factor, made.unit, made.places)
            small = small.replace("%", "个百分点")
            return Reply(
                f"{label}相加为{made.text}（{working}），与{name_of(closing)}{shown(own)}差{small}，"
                "属四舍五入尾差，不算错误。",
                facts,
            )
        return Reply(f"是，一致：{label}相加为{made.text}（{working}），与{name_of(closing)}{shown(own)}相符。", facts)
    apart = show(abs(gap) / made.unit.factor, made.unit, made.places)
    word = "多" if gap < 0 else "少"
    said = f"不正确：{label}相加为{made.text}（{working}），合计行写{shown(own)}，{word}{apart}，两者不能同时成立"
    if claim and claim.base != own.base:
        said += f"，也不是{claim.text}"
    return Reply(said + _echo(seen, made, items) + "。", facts)


def _echo(seen: Lens, made: Result, items: Sequence[Fact]) -> str:
    """Where the report itself writes the recomputed total."""
    same = [
        entry.fact
        for entry in seen.entries
        if entry.fact.quantity.unit.dimension == made.unit.dimension
        and entry.fact.quantity.base == made.value * made.unit.factor
        and entry.fact.place.report == items[0].place.report
    ]
    return f"；另有{name_of(same[0])}写作{shown(same[0].quantity)}" if same else ""


def _parts(plan: Plan, seen: Lens) -> Reply | None:
    """The parts that a sentence or a table lists under a figure, against that figure."""
    words = re.sub(
        r"(的)?([一二两三四五六七八九十\d]+个?)?(学段|片区|分项|部分|类|各项|子项|小项|三项|几项)|之和|加起来|相加|加总|是多少|总数|总量|一致|等于.*|与|吗|多少|合计|人次",
        " ",
        plan.question.strip("？?"),
    )
    one = ask(" ".join(words.split()))
    for hit in find(seen, replace(one, basis="" if one.basis == "差额" else one.basis), floor=0.5, precise=0.4)[:6]:
        parts = children(seen, hit.fact)
        if len(parts) > 1:
            return _sum_verdict(parts, hit.fact)
    return None


def part_sum(plan: Plan, seen: Lens) -> Reply | None:
    """合计多少, where one figure is named and its parts are meant, or a number of like figures."""
    if not re.search("合计|之和|加起来|相加|一共|总共", plan.question):
        return None
    first = look(seen, plan.asks[0]) if plan.asks else None
    if first and first.score >= 0.8:
        return None if re.search("合计", plan.asks[0].text) and len(plan.asks) == 1 else _parts(plan, seen)
    made = composite(seen, plan.asks[0]) if plan.asks else None
    return made or _siblings(plan, seen) or _parts(plan, seen) or _in_sentence(plan, seen)


def composite(seen: Lens, ask: Ask) -> Reply | None:
    """A total that no report states (“三公”经费): the sum of its parts as the field defines it (words.toml)."""
    for row in lexicon()["composite"]:
        if row["name"] not in ask.phrase.replace(" ", "") or ask.basis not in ("", "决算") or "率" in ask.phrase:
            continue
        found = [look(seen, Ask(part, content(reduced(part)), "决算", "money", ask.year)) for part in row["parts"]]
        facts = tuple(one.fact for one in found if one)
        made = total(facts) if len(facts) == len(row["parts"]) else None
        if made:
            each = "、".join(f"{name_of(fact)}{shown(fact.quantity)}" for fact in facts)
            return Reply(f"报告未直接给出{row['name']}合计；按分项相加为{made.text}（{each}）。", facts)
    return None


def _siblings(plan: Plan, seen: Lens) -> Reply | None:
    """三个产业产值合计: as many like figures as the question counts, stated one after the other."""
    match = re.search(r"([两二三四五六七八九十\d]+)(?:个|类|项|大|家|种)", plan.question)
    count = quantities(match[0])[0].value if match and quantities(match[0]) else 0
    wanted = pairs(topic(re.sub(r"合计|占.*|[两二三四五六七八九十\d]+(个|类|项|大|家|种)", " ", plan.question)))
    best: tuple[float, list[Fact]] | None = None
    groups: dict[tuple[str, str, str], list[Fact]] = {}
    for entry in seen.entries:
        fact = entry.fact
        if fact.kind == "prose" and fact.quantity.unit.dimension not in ("ratio", "point"):
            groups.setdefault((fact.place.report, fact.quote, fact.quantity.unit.name), []).append(fact)
    for facts in groups.values():
        for at in range(len(facts) - int(count) + 1 if count > 1 else 0):
            run = facts[at : at + int(count)]
            ends = {name_of(fact)[-2:] for fact in run}
            held = seen.weight(wanted & pairs(reduced("/".join(name_of(fact) for fact in run))))
            if len(ends) == 1 and held >= 0.25 * seen.weight(wanted) and (best is None or held >= best[0]):
                best = (held, run)
    made = total(best[1]) if best else None
    return _with_share(plan, seen, made) if made else None


def _with_share(plan: Plan, seen: Lens, made: Result) -> Reply:
    """The sum, and its share of a whole where the question asks for that too."""
    text, facts = f"合计{made.text}（{made.working}）", list(made.facts)
    match = re.search(r"占(.+?)(?:的)?(?:比重|比例|多少|百分|份额|$)", plan.question.strip("？?"))
    over = look(seen, ask(match[1])) if match else None
    share = ratio_of_sum(made.facts, over.fact) if over else None
    if over and share:
        text += f"，占{name_of(over.fact)}的{share.text}（{made.text}÷{shown(over.fact.quantity)}＝{share.text}）"
        facts.append(over.fact)
    return Reply(text + "。", tuple(facts))


def _in_sentence(plan: Plan, seen: Lens) -> Reply | None:
    """The like figures of the one sentence that speaks of what is to be summed."""
    words = topic(re.sub(r"合计|一共|总共|总额", " ", plan.question))
    ranked = ranked_sentences(seen, words)
    if not ranked or ranked[0][0] < 0.4:
        return None
    best = ranked[0][1]
    facts = [
        e.fact
        for e in seen.entries
        if e.fact.kind == "prose"
        and e.fact.place.block == best.block.index
        and e.fact.place.report == best.report.id
        and e.fact.quantity.text in best.text
        and e.fact.quote.strip() in best.text
        and e.fact.quantity.unit.dimension == "money"
    ]
    made = total(facts) if 1 < len(facts) < 9 else None
    return _with_share(plan, seen, made) if made else None


def _sum_verdict(parts: Sequence[Fact], whole_fact: Fact) -> Reply | None:
    made = total(parts)
    if made is None:
        return None
    gap = made.value * made.unit.factor - whole_fact.quantity.base
    facts = (*parts, whole_fact)
    stated_total = f"{name_of(whole_fact)}{shown(whole_fact.quantity)}"
    if not gap:
        return Reply(f"是，一致：{made.working}，与{stated_total}相符。", facts)
    apart = show(abs(gap) / made.unit.factor, made.unit, made.places)
    if abs(gap) <= tolerance(parts, whole_fact):
        return Reply(f"{made.working}，与{stated_total}差{apart}，属四舍五入尾差，不算错误。", facts)
    word = "少" if gap < 0 else "多"
    return Reply(f"不一致：{made.working}，比{stated_total}{word}{apart}，两者不符，不能同时成立，须核实。", facts)


def children(seen: Lens, parent: Fact) -> list[Fact]:
    """The parts of a figure: facts under its measure path, else the run behind it that comes nearest to it."""
    path = (parent.subject, *parent.measure)
    below = [
        entry.fact
        for entry in seen.entries
        if (entry.fact.subject, *entry.fact.measure)[: len(path)] == path
        and len(entry.fact.measure) == len(parent.measure) + 1
        and same_thing(entry.fact, parent)
        and entry.fact.quantity.unit.dimension == parent.quantity.unit.dimension
    ]
    if len(below) > 1:
        return below
    return _run(seen, parent)


def _run(seen: Lens, parent: Fact) -> list[Fact]:
    """Like figures that follow in the same sentence or column, as many as come nearest to the parent."""
    place = parent.place
    if place.table is not None:
        near = [
            e.fact
            for e in seen.entries
            if e.fact.place.table == place.table
            and e.fact.place.report == place.report
            and e.fact.place.col == place.col
            and (e.fact.place.row or 0) > (place.row or 0)
        ][:8]
    else:
        near = [
            e.fact
            for e in seen.entries
            if e.fact.place.block == place.block
            and e.fact.place.report == place.report
            and e.fact.place.table is None
            and (e.fact.place.span or (0,))[0] > (place.span or (0,))[0]
        ][:12]
    near = [
        fact
        for fact in near
        if fact.quantity.unit.dimension == parent.quantity.unit.dimension
        and fact.quantity.unit.kind == parent.quantity.unit.kind
    ]
    best: tuple[object, list[Fact]] | None = None
    for size in range(2, min(len(near), 8) + 1):
        parts = near[:size]
        gap = abs(sum(fact.quantity.base for fact in parts) - parent.quantity.base)
        if gap * NEAR <= abs(parent.quantity.base) and (best is None or gap < best[0]):  # type: ignore[operator]  # Decimal
            best = (gap, parts)
    return best[1] if best else []


def identity(plan: Plan, seen: Lens) -> Reply | None:
    """A加B减C等于D吗, 收支是否平衡."""
    text = plan.question.strip("？?").split("：")[-1]
    if re.search(r"勾稽|收支.{0,6}平衡|收入减支出", plan.question) and not re.search(r"加.*减.*等于", text):
        return _balance(plan, seen)
    match = ENDING.search(text)
    left = text[: match.start()] if match else text
    right = match[2] if match else ""
    terms = _terms(seen, plan, left)
    if TERM.search(right):
        return _two_sides(terms, _terms(seen, plan, right))
    goal = _term(seen, right, plan) if right.strip() else None
    if len(terms) < 2 or goal is None:
        return None
    return _holds(seen, terms, goal.fact)


def _terms(seen: Lens, plan: Plan, words: str) -> list[tuple[int, Fact]]:
    """The terms of one side with their signs; empty where one of them is not to be found."""
    words = re.sub(r"报告中|之和|之差|相加|加起来|合计", "", words)
    parts = TERM.split(words)
    if len(parts) < 3:
        cut = segments(words, names(seen))
        parts = [word for part in cut for word in ("加", part)][1:]
    terms = []
    for at in range(0, len(parts), 2):
        found = _term(seen, parts[at], plan)
        if found is None:
            return []
        terms.append((1 if at == 0 or parts[at - 1] in ("加", "加上", "＋", "+") else -1, found.fact))
    return terms


def _two_sides(left: list[tuple[int, Fact]], right: list[tuple[int, Fact]]) -> Reply | None:
    """A加B等于C加D吗: both sums with their working."""
    one, other = signed(left), signed(right)
    if one is None or other is None:
        return None
    facts = (*one.facts, *other.facts)
    gap = abs(one.value * one.unit.factor - other.value * other.unit.factor)
    sides = f"{one.working}，{other.working}"
    if not gap:
        return Reply(f"是，成立：{sides}，两边相等。", facts)
    apart = show(gap / one.unit.factor, one.unit, max(one.places, other.places))
    if gap <= sum(fact.quantity.half for fact in facts):
        return Reply(f"{sides}，差{apart}，属四舍五入尾差，不算错误。", facts)
    return Reply(f"不等：{sides}，相差{apart}，两边不能同时成立，须核实。", facts)


def _term(seen: Lens, words: str, plan: Plan) -> Found | None:
    year = plan.years[0] if len(plan.years) == 1 else None
    plain = re.sub(r"额$|指标$", "", words.strip("，,的。"))
    for said in (*ALSO.get(plain, ()), plain):
        one = ask(said, year)
        found = look(seen, one) or (look(seen, replace(one, basis="")) if one.phrase else None)
        if found and (found.score >= 0.8 or said == plain):
            return found
    return None


def _balance(plan: Plan, seen: Lens) -> Reply | None:
    """年初结转＋本年收入－本年支出＝年末结转."""
    found = [_term(seen, words, plan) for words in ("年初结转和结余", "收入决算", "支出决算", "年末结转和结余")]
    if not all(found):
        return None
    first, income, spent, last = (one.fact for one in found if one)
    return _holds(seen, [(1, first), (1, income), (-1, spent)], last)


def _holds(seen: Lens, terms: Sequence[tuple[int, Fact]], goal: Fact) -> Reply | None:
    return _holds_in(seen, terms, goal, fine=True)


def _holds_in(seen: Lens, terms: Sequence[tuple[int, Fact]], goal: Fact, fine: bool) -> Reply | None:
    """The identity in the finest unit in which all its figures are stated, and then in the coarser one too."""
    coarse = [twin(seen, fact, coarser=True) for fact in (*(fact for _, fact in terms), goal)]
    finer = [twin(seen, fact, coarser=False) for fact in (*(fact for _, fact in terms), goal)]
    signs = [sign for sign, _ in terms]
    first = _one_identity(list(zip(signs, finer[:-1], strict=True)), finer[-1])
    if [fact.id for fact in coarse] == [fact.id for fact in finer] or first is None:
        return first
    if len({fact.quantity.unit.name for fact in coarse}) > 1:
        return first
    second = _one_identity(list(zip(signs, coarse[:-1], strict=True)), coarse[-1])
    if second is None:
        return first
    return Reply(f"{first.text}按{coarse[0].quantity.unit.name}计算：{second.text}", (*first.facts, *second.facts))


def twin(seen: Lens, fact: Fact, coarser: bool) -> Fact:
    """The same figure as stated elsewhere in a coarser or finer unit of money; itself where there is none."""
    best = fact
    for entry in seen.entries:
        other = entry.fact
        if (
            other.quantity.unit.dimension == fact.quantity.unit.dimension == "money"
            and other.place.report == fact.place.report
            and abs(other.quantity.base - fact.quantity.base) <= max(other.quantity.half, fact.quantity.half)
            and (other.quantity.half > best.quantity.half if coarser else other.quantity.half < best.quantity.half)
            and other.basis in (fact.basis, "", "决算")
            and set(name_of(other)) & set(name_of(fact))
        ):
            best = other
    return best


def _one_identity(terms: Sequence[tuple[int, Fact]], goal: Fact) -> Reply | None:
    made = signed(terms)
    if made is None:
        return None
    gap = made.value * made.unit.factor - abs(goal.quantity.base)
    facts = (*made.facts, goal)
    said = f"{name_of(goal)}{shown(goal.quantity)}"
    if not gap:
        return Reply(f"是，成立：{made.working}，与{said}相符。", facts)
    apart = show(abs(gap) / made.unit.factor, made.unit, made.places)
    if abs(gap) <= tolerance(made.facts, goal):
        return Reply(f"{made.working}，与{said}差{apart}，属四舍五入尾差，不算错误。", facts)
    return Reply(f"不等：{made.working}，与{said}相差{apart}，两者不能同时成立，须核实。", facts)


def recompute(plan: Plan, seen: Lens) -> Reply | None:
    """X率怎么来的、复算X率: from its inputs, else from the two figures beside it that give it."""
    named = asked_rate(plan)
    reply = rate_reply(plan, seen, named) if named else None
    if reply and "÷" in reply.text:
        return reply
    goals = [q for q in plan.stated if q.unit.dimension == "ratio"]
    for entry in seen.entries:
        if any(q.base == entry.fact.quantity.base for q in goals) and entry.fact.quantity.unit.dimension == "ratio":
            found = origin(seen, entry.fact)
            if found:
                over, under = (name_of(fact) for fact in found.facts)
                said = f"{name_of(entry.fact)}{shown(entry.fact.quantity)}＝{found.working}"
                return Reply(f"{said}（{over}÷{under}），复算一致。", (entry.fact, *found.facts))
    return reply


def origin(seen: Lens, rate: Fact) -> Result | None:
    """The two like figures nearest to a rate whose ratio it is, as written; None where no pair or several fit."""
    beside = [e.fact for e in seen.entries if _beside(e, rate)]
    for over, under in ((a, b) for x, y in combinations(beside, 2) for a, b in ((x, y), (y, x))):
        made = ratio(over, under, rate.quantity.places)
        if made and agrees(made, rate.quantity):
            return made
    return None


def _beside(entry: Entry, rate: Fact) -> bool:
    fact = entry.fact
    return (
        fact.place.report == rate.place.report
        and fact.place.block == rate.place.block
        and fact.place.row == rate.place.row
        and fact.quantity.unit.dimension in ("money", "count", "none")
        and (fact.kind == "table" or fact.quote == rate.quote)
    )


def agree(plan: Plan, seen: Lens) -> Reply | None:
    """Two figures that should be one: last year's closing balance and this year's opening one, or any two named."""
    if re.search("结转", plan.question) and len(seen.years) > 1:
        earlier, later = seen.years[-2], seen.years[-1]
        last = look(seen, ask("年末结转和结余", earlier))
        first = look(seen, ask("年初结转和结余", later))
        if last and first:
            return _same(seen, first.fact, last.fact)
    found = [one for one in (look(seen, each) for each in plan.asks) if one]
    if len(found) >= 2:
        return _same(seen, found[0].fact, found[1].fact)
    return None


def _same(seen: Lens, one: Fact, other: Fact) -> Reply | None:
    apart = difference(one, other)
    if apart is None:
        return None
    sides = f"{stated(seen, one)}，{stated(seen, other)}"
    if abs(one.quantity.base - other.quantity.base) <= max(one.quantity.half, other.quantity.half):
        return Reply(f"一致，能对上：{sides}，两者相符。", (one, other))
    return Reply(f"不一致：{sides}，相差{apart.size}，须核实。", (one, other))


def back_solve(plan: Plan, seen: Lens) -> Reply | None:
    """倒推: the department's figure less a part's, with the premise said."""
    match = re.search(r"除(.+?)(?:以)?外", plan.question)
    if match and (rest_reply := _remainder(seen, plan.question[: match.start()], match[1])):
        return rest_reply
    part = (
        match[1]
        if match
        else "项目支出"
        if "基本支出" in plan.question
        else "基本支出"
        if "项目支出" in plan.question
        else ""
    )
    if not part:
        return None
    rest = "其余部分" if match else "基本支出" if part == "项目支出" else "项目支出"
    said, facts, values = [], [], []
    for basis in ("年初预算", "调整后预算") if match else ("调整后预算",):
        all_of, one = whole(seen, Ask("", "", basis, "money")), look(seen, ask(part + basis))  # type: ignore[arg-type]  # literals
        left = difference(all_of.fact, one.fact) if all_of and one else None
        if left is None:
            return None
        said.append(f"{rest}{basis}为{left.text}（{left.working}）")
        facts += left.facts
        values.append(left)
    if len(values) == 2:
        moved = values[1].value - values[0].value
        pace = show(rounded(moved / values[0].value * 100, 2), _percent()) if values[0].value else ""
        word = "净增" if moved > 0 else "净减"
        said.append(f"年中{word}{show(abs(moved), values[0].unit, values[0].places)}（{pace}），报告未说明")
    else:
        said += _executed(seen, rest, values[0], facts)
    return Reply("倒推：" + "；".join(said) + "（前提：部门整体＝基本支出＋项目支出，即各部分之和）。", tuple(facts))


def _remainder(seen: Lens, all_words: str, part_words: str) -> Reply | None:
    """X中除A和B外还有多少: the figure named first less the others."""
    if not re.sub("20\\d\\d年?|其?中", "", all_words).strip():
        return None
    all_of = look(seen, ask(re.sub("中$", "", all_words)))
    parts = [look(seen, ask(part)) for part in segments(part_words, names(seen))]
    found = [part.fact for part in parts if part]
    if not all_of or len(found) < len(parts) or all_of.fact in found:
        return None
    made = signed([(1, all_of.fact), *((-1, fact) for fact in found)])
    return Reply(f"其余为{made.text}（{made.working}），报告未说明构成。", made.facts) if made else None


def _executed(seen: Lens, rest: str, budget: Result, facts: list[Fact]) -> list[str]:
    spent = look(seen, ask(rest + "决算"))
    if not spent or not budget.value:
        return []
    facts.append(spent.fact)
    rate = show(rounded(spent.fact.quantity.base / (budget.value * budget.unit.factor) * 100, 2), _percent())
    return [f"{rest}执行{shown(spent.fact.quantity)}，执行率{shown(spent.fact.quantity)}÷{budget.text}＝{rate}"]


def _percent():  # type: ignore[no-untyped-def]  # see calculate.percent
    from assistant.calculate import percent

    return percent()


def fastest(plan: Plan, seen: Lens) -> Reply | None:
    """The highest of like figures that the prose states together (三类专利中哪类增长最快)."""
    words = re.sub(r"最.*|哪.*|三|两|四|类|中|增长|增速|快|慢", " ", plan.question)
    wanted = pairs(" ".join(reduced(words).split()))
    ratio_wanted = bool(re.search("增长|增速|快|慢|率|占比", plan.question))
    pool = [
        e.fact
        for e in seen.entries
        if e.fact.kind == "prose"
        and (e.fact.quantity.unit.dimension == "ratio") == ratio_wanted
        and (not ratio_wanted or e.fact.quantity.direction or "增" in "".join(e.fact.measure))
        and seen.weight(e.core & wanted) >= 0.75 * seen.weight(wanted)
    ]
    blocks = {fact.place.block for fact in pool}
    groups = [[fact for fact in pool if fact.place.block == block] for block in blocks]
    group = max(groups, key=len, default=[])
    if len(group) < 2:
        return None
    low = bool(re.search(r"最(低|慢|小|少)", plan.question))
    ordered = sorted(group, key=lambda f: f.quantity.base * (f.quantity.direction or 1), reverse=not low)
    rest = "、".join(f"{name_of(fact)}{shown(fact.quantity)}" for fact in ordered[1:])
    return Reply(f"{name_of(ordered[0])}，{shown(ordered[0].quantity)}（{rest}）。", tuple(ordered))
