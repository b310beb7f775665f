"""Rows of a table taken together, by their names or by a word that stands beside them (环卫科负责的两个项目, 养护类).

What they come to, what is left of the total without them, what of their budget is unspent, their rate as one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.builtin.amounts.partition import NEAR
from assistant.builtin.amounts.shares import behind
from assistant.builtin.amounts.sums import sum_verdict
from assistant.builtin.amounts.together import COUNTED, LOST, SURE, column, fit, row_of
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import look
from assistant.builtin.facts.neighbours import in_column
from assistant.builtin.facts.wholes import total_of
from assistant.builtin.question.lexicon import reduced
from assistant.builtin.question.plan import Plan, ask, segments
from assistant.builtin.reply import Reply, shown
from assistant.builtin.tables.forms import asked
from assistant.builtin.tables.rows import AS_KIND, FULL, GOT, Line, lines, of_kind, words_beside
from assistant.calculate import Result, ratio_of_sums, signed, tolerance, total
from ingest.fact import Fact
from ingest.terms import basis_of, is_total

TOGETHER = re.compile(
    r"^(?:如果|若)?(?:把|将)?(?P<names>.+?)(?:合在一起|合起来|合并|加在一起|加起来|一共|总共|合计|共计|之和|相加|加总|总和|共)(?P<asked>.*)$"
)
REST = re.compile(
    r"^(?:如果|若)?(?:除去?|扣除|剔除|去掉|不算|不含)了?(?P<names>.+?)(?:以外|之外|外|后)?[，,]?(?:其余|其他|剩余|剩下)(?P<asked>.+)$"
)
WHICH = re.compile(
    r"^(?P<names>[^，,]+?)(?:负责|承担|实施|包括|包含|有|涉及)了?(?:的是)?哪(?:些|几[个项]?)(?:项目)?[，,](?=.*(?:合计|一共|总共|共计|加起来|合起来|共))(?P<asked>.+)$"
)
RATE = re.compile("执行率|完成率")
UNSPENT = re.compile("没有?(?:花|用|支出|执行|使用)|未(?:花|用|支出|执行|使用)|剩|结余|省下")
JOINED = re.compile("[和与及]")
KIND = re.compile("的?(?:项目|支出|资金|经费)+$")


def bundled(plan: Plan, seen: Lens) -> Reply | None:
    """The rows of one table that the question names together, as it asks for them."""
    question = plan.question.strip("？?。 ")
    rest = REST.match(question)
    match = rest or TOGETHER.match(question)
    if match is None or LOST.search(question):
        return None
    if (of_one := _under(plan, question, seen)) or plan.kind in ("identity", "sum_check"):
        return of_one
    whole = COUNTED.sub("", match["names"])
    names = [KIND.sub("", name) for name in segments(whole)]
    for group in lines(seen, plan.table):
        rows, by_word = _of_one_word(whole, group, seen) or _meant(names, group, seen)
        if len(rows) + bool(rest) > 1 and (made := _made(rows, group, by_word, question, match, seen)):
            return made
    return None


def listed(plan: Plan, seen: Lens) -> Reply | None:
    """X科负责哪几个项目，预算合计多少: the rows that a word beside them tells, and what they come to."""
    question = plan.question.strip("？?。 ")
    match = WHICH.match(question)
    if match is None:
        return None
    whole = COUNTED.sub("", match["names"])
    for group in lines(seen, plan.table):
        rows, by_word = _of_one_word(whole, group, seen) or _meant([whole], group, seen)
        made = _made(rows, group, by_word, question, match, seen) if by_word and len(rows) > 1 else None
        if made:
            return replace(made, text=f"{'、'.join(row.item for row in rows)}，{made.text}")
    return None


def _under(plan: Plan, question: str, seen: Lens) -> Reply | None:
    """过程类各指标得分加起来: the rows under one kind, or of one form, in the column asked for, against their total."""
    groups = asked(plan, seen)
    formed = len(groups) < len([group for group in lines(seen, plan.table) if group])
    found = []
    for group in groups:
        scored = [line for line in group if line.of(FULL) or line.of(GOT)] if formed else []
        rows = of_kind(seen, group, question)
        if len(facts := _headed(rows or scored, question)) > 1:
            found.append((facts, not rows))
    if len(found) != 1:
        return None
    facts, whole = found[0]
    stated = _closing(facts, seen) if whole else _stated(facts, question, seen)
    made = total(facts)
    if stated or made is None:
        return sum_verdict(facts, stated) if stated else None
    claim = next((one for one in plan.stated if one.unit.dimension == made.unit.dimension), None)
    so = f"{'是' if claim.base == made.value * made.unit.factor else '不是'}，" if claim else ""
    return Reply(f"{so}合计{made.text}（{made.working}）。", made.facts, worked=(made,))


def _closing(facts: Sequence[Fact], seen: Lens) -> Fact | None:
    """What the last row of all says in the column of some rows."""
    totals = [fact for fact in in_column(seen, facts[-1]) if is_total(fact.item) and fact not in facts]
    return totals[-1] if totals else None


def _stated(facts: Sequence[Fact], question: str, seen: Lens) -> Fact | None:
    """What the report says elsewhere of the kind that a question names (过程类得分21.88分)."""
    kind = re.match(f".+?{AS_KIND}", question)
    whose = ask((kind[0] if kind else "") + facts[0].measure[-1])
    found = look(seen, replace(whose, dimension=facts[0].dimension, part=""))
    if found is None or found.score < SURE or found.fact in facts or is_total(found.fact.item):
        return None
    sort = _sort(facts[0].measure[-1])
    return found.fact if sort is None or sort.search("".join(found.fact.measure)) else None


def _sort(words: str) -> re.Pattern[str] | None:
    """What tells the figures of a scoring table that some words speak of, 得分 or 分值; None for neither."""
    return next((looks for looks in (GOT, FULL) if looks.search(words)), None)


def _headed(rows: Sequence[Line], question: str) -> list[Fact]:
    """What some rows say under the one heading that a question names (得分、分值); [] where a row says nothing."""
    heads = dict.fromkeys(fact.measure[-1] for row in rows for fact in row.facts)
    said = _sort(question)
    named = [head for head in heads if (said.search(head) if said else reduced(head) in reduced(question))]
    facts = [fact for row in rows for fact in row.facts if fact.measure[-1] in named]
    return facts if len(named) == 1 and len(facts) == len(rows) else []


def _of_one_word(whole: str, group: Sequence[Line], seen: Lens) -> tuple[list[Line], bool] | None:
    """The rows beside which a word stands that is itself made of several (物业与房屋管理科), where it is named."""
    said = reduced(whole)
    rows = [line for line in group if any(word in said for word in _beside(seen, line) if JOINED.search(word))]
    return (rows, True) if rows else None


def _meant(names: Sequence[str], group: Sequence[Line], seen: Lens) -> tuple[list[Line], bool]:
    """The rows that all the names mean, and whether one name is a word beside rows; none where one is unknown."""
    found: list[Line] = []
    by_word = False
    for name in names:
        said = reduced(name)
        own = row_of(name, group, seen) if not said.endswith("类") else None
        beside = [line for line in group if any(word in said for word in _beside(seen, line))] if not own else []
        if own is None and not beside:
            return [], False
        found += [own] if own else beside
        by_word = by_word or own is None
    return list(dict.fromkeys(found)), by_word


def _beside(seen: Lens, line: Line) -> tuple[str, ...]:
    """The words beside a row, those included that its subject holds to tell it from others (规划编制类/县级规划)."""
    return (*words_beside(seen, line), *map(reduced, line.name.split("/")[:-1]))


def _made(
    rows: Sequence[Line], group: Sequence[Line], by_word: bool, question: str, match: re.Match[str], seen: Lens
) -> Reply | None:
    asked, rest = match["asked"], match.re is REST
    spent, budget = _of_basis(rows, "决算", question, seen), _of_basis(rows, "预算", question, seen)
    if RATE.search(question) and spent and budget and not rest:
        return _rate(spent, budget)
    if counted := _counted(rows, question) if by_word and not rest else None:
        return Reply(f"合计{counted.text}（{counted.working}）。", counted.facts, worked=(counted,))
    if UNSPENT.search(_tail(match["names"], rows, seen) + asked) and spent and budget and not rest:
        return _unspent(spent, budget)
    basis = basis_of(reduced(asked)) or basis_of(reduced(_tail(match["names"], rows, seen))) or ""
    wanted = "预算" if "预算" in basis else "决算"
    facts = budget if wanted == "预算" else spent
    if rest:
        return _left(facts, group, seen)
    made = total(facts) if by_word and facts else None
    if made is None:
        return None
    part, share = behind(question, facts, seen)
    used = (*made.facts, *(fact for one in share for fact in one.facts))
    return Reply(f"合计{made.text}（{made.working}）{part}。", tuple(dict.fromkeys(used)), worked=(made, *share))


def _tail(names: str, rows: Sequence[Line], seen: Lens) -> str:
    """What stands behind the names of the rows (物业与房屋管理科的项目预算)."""
    said = reduced(names)
    known = (word for row in rows for word in (*_beside(seen, row), reduced(row.item)) if word in said)
    return said[max((said.rfind(word) + len(word) for word in known), default=0) :]


def _counted(rows: Sequence[Line], question: str) -> Result | None:
    """What some rows count under the headings that a question names in full, the longest first (非常满意, not 满意)."""
    said = reduced(question)
    named = []
    heads = {reduced(fact.measure[-1]) for row in rows for fact in row.facts}
    for head in sorted((head for head in heads if len(head) > 1), key=len, reverse=True):
        if head in said:
            named.append(head)
            said = said.replace(head, " ")
    facts = [fact for row in rows for fact in row.facts if reduced(fact.measure[-1]) in named]
    whole = bool(facts) and len(facts) == len(rows) * len({fact.place.col for fact in facts}) == len(rows) * len(named)
    return total(facts) if whole and all(fact.dimension == "count" for fact in facts) else None


def _of_basis(rows: Sequence[Line], basis: str, question: str, seen: Lens) -> list[Fact]:
    """The money of the rows in the one column of a basis that the question means best; [] where a row has none."""
    columns = [column(rows, col) for col in dict.fromkeys(fact.place.col for fact in rows[0].facts)]
    whole = [facts for facts in columns if len(facts) == len(rows) and basis in facts[0].basis]
    whole = [facts for facts in whole if facts[0].basis == "调整后预算"] or whole
    summed = [facts for facts in whole if is_total(facts[0].measure[-1])]
    named = [facts for facts in whole if len(head := reduced(facts[0].measure[-1])) > 2 and head in reduced(question)]
    return max(named or summed or whole, key=lambda facts: fit(facts[0], question, seen), default=[])


def _rate(spent: Sequence[Fact], budget: Sequence[Fact]) -> Reply | None:
    over, under, made = total(spent), total(budget), ratio_of_sums(spent, budget)
    if over is None or under is None or made is None:
        return None
    return Reply(
        f"合计支出{over.text}（{over.working}），合计预算{under.text}（{under.working}），"
        f"执行率为{made.text}（{over.text}÷{under.text}＝{made.text}）。",
        made.facts,
        worked=(over, under, made),
    )


def _unspent(spent: Sequence[Fact], budget: Sequence[Fact]) -> Reply | None:
    made = signed([*((1, fact) for fact in budget), *((-1, fact) for fact in spent)])
    return Reply(f"合计还有{made.text}没有支出（{made.working}）。", made.facts, worked=(made,)) if made else None


def _left(facts: Sequence[Fact], group: Sequence[Line], seen: Lens) -> Reply | None:
    """What the other rows come to; where the table's own total says another figure, that is told with it."""
    whole = total_of(seen, facts[0]) if facts else None
    if whole is None:
        return None
    less = signed([(1, whole), *((-1, fact) for fact in facts)])
    others = [fact for fact in column(group, facts[0].place.col) if fact not in facts]
    made = total(others) if others else None
    if made is None or less is None or less.value < 0:
        return None
    gap = abs(made.value * made.unit.factor - less.value * less.unit.factor)
    if gap * NEAR > whole.quantity.base:  # rows under rows: what they sum up is not told by adding all of them
        made = less
    said = f"其余为{made.text}（{made.working}）"
    if made is less or gap <= tolerance(others, whole):
        return Reply(f"{said}。", made.facts, worked=(made,))
    said += f"；按合计行{shown(whole.quantity)}减去则为{less.text}（{less.working}），两者不符，须核实"
    return Reply(f"{said}。", tuple(dict.fromkeys((*made.facts, *less.facts))), worked=(made, less))
