"""Things that a question names, worked with together (两项合计、相差、倍数、占比): X和Y一共, X比Y多, X是Y的几倍, X占Y.

Two rows of one table are taken from one column; figures of prose only where each is named nearly in full and all are
of one basis. Nothing is worked out of figures that stand under different heads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.builtin.amounts.ways import FOLD, GAP, SHARE, SUM
from assistant.builtin.facts.finding import share
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import look
from assistant.builtin.question.lexicon import content, pairs, reduced, without_basis
from assistant.builtin.question.plan import Plan, ask, segments
from assistant.builtin.reply import Reply
from assistant.builtin.tables.rows import Line, executed, lines
from ingest.fact import Fact
from ingest.terms import basis_of, is_total

NAMED = 0.7
"""How much of the words for a thing its row must hold."""
SURE = 0.8
"""How well a figure of the prose must fit its words."""
SPELLED = 0.7
"""The same where the question spells the working out itself (A除以B)."""
WHOLE = {"预算": "调整后预算", "支出": "支出决算", "实际支出": "支出决算", "决算": "支出决算"}
"""What is meant where a side names nothing but the department's own."""
LOST = re.compile("[扣丢]了?(?:分|多少|几)")
"""Points lost are what rows lack of their marks (see scores), not what stands in a column."""
COUNTED = re.compile(r"(?:这|那)?[两二三四五六七八九\d]+(?:个|项|笔|类|种)(?:项目|支出|资金)?")
"""两个项目, after their names: says only how many there are."""
RATE = re.compile(r"^(.+?)(?:项目)?的?(?:预算)?执行率(?:是|为)?(?:多少)?$")
SAID = re.compile(
    r"(?:实际|全年|年度|本年)?(?:支出|花费?|用|投入|执行|得分|得|发生)了?(?:数|额|的钱|多少钱?)?|小计|金额|项目$|的$"
)
"""Words of a side that say which column is meant."""


WAYS = (
    (re.compile(r"^(.+?)占(.+?)(?:的)?(?:比重|比例|百分比|份额|百分之几|几成|多少|多大)"), SHARE),
    (re.compile(r"^[用拿以将按]?(.+?)除以(.+?)(?:[等于是为得]+(?:多少|几).*)?$"), SHARE),
    (re.compile(r"^(.+?)是(.+?)的?(?:几|多少)倍"), FOLD),
    (re.compile(r"^(.+?)比(.+?)(?:多|少|高|低|大|小)(?:了|出)?(?:支出|花|用)?了?(?:多少|几)"), GAP),
    (re.compile(r"^(.+?)(?:和|与|跟)(.+?)(?:之间)?(?:相?差|差距|差额)(?:了|是|为)?(?:多少|几)"), GAP),
    (re.compile(r"^(.+?)(?:加起来|合起来|一共|总共|合计|之和|共)"), SUM),
)
"""How things are named together in a question, each with its way of working."""


def worked(plan: Plan, seen: Lens) -> Reply | None:
    """The sum, difference, quotient or share of the things named, with its working."""
    question = plan.question.strip("？?。 ")
    if plan.kind in ("identity", "sum_check") or LOST.search(question):
        return None
    for asks, way in WAYS:
        match = asks.search(question)
        if match is None:
            continue
        sides = [side for side in match.groups() if side]
        names = sides if len(sides) > 1 else segments(COUNTED.sub("", sides[0]))
        if len(names) < 2 or len(set(names)) < len(names):
            return None
        floor = SPELLED if "除以" in question else SURE
        facts = in_rows(names, question, seen) or in_words(names, seen, way is GAP, floor)
        if not facts and way is SHARE and not is_total(names[1]):
            facts = of_whole(names, question, seen)
        made = way.made(facts) if facts else None
        if made and way is SHARE and made.value > 100:
            return None  # a part is never more than its whole
        return Reply(way.told(facts, made, ""), made.facts) if made else None  # speech puts 多 where none was said
    return None


def in_rows(names: Sequence[str], question: str, seen: Lens) -> list[Fact]:
    """The figures of the rows that the names mean, all in the one column of a table that the question means best."""
    basis = basis_of(reduced(without_names(question, names))) or "决算"
    for group in lines(seen):
        rows = [row_of(name, group, seen) for name in names]
        found = [row for row in rows if row is not None]
        if len({row.row for row in found}) < len(names):
            continue
        columns = [column(found, col) for col in dict.fromkeys(fact.place.col for fact in found[0].facts)]
        whole = [facts for facts in columns if len(facts) == len(found)]
        based = [
            facts
            for facts in whole
            if facts[0].basis == basis or (not basis_of(reduced(question)) and scored(facts, question))
        ]
        return max(based, key=lambda facts: fit(facts[0], question, seen), default=[])
    return []


def of_whole(names: Sequence[str], question: str, seen: Lens) -> list[Fact]:
    """A row's figure and that of the whole it is asked to be a share of, on one basis."""
    part = in_rows(names[:1], question, seen)
    over = look(seen, replace(ask(names[1]), basis=part[0].basis)) if part else None
    return [part[0], over.fact] if over and over.score >= SURE and over.fact.basis == part[0].basis else []


def without_names(question: str, names: Sequence[str]) -> str:
    """What the question says beside the names."""
    for name in names:
        question = question.replace(bare(name), " ")
    return question


def row_of(name: str, group: Sequence[Line], seen: Lens) -> Line | None:
    """The one row that a name means."""
    wanted = pairs(bare(name))
    held = sorted(((share(seen, wanted, pairs(reduced(line.name))), line) for line in group), key=lambda one: -one[0])
    if not wanted or not held or held[0][0] < NAMED or (len(held) > 1 and held[1][0] > 0.9 * held[0][0]):
        return None
    return held[0][1]


def bare(name: str) -> str:
    """A name without the words that say which of its figures is meant."""
    return content(without_basis(reduced(SAID.sub("", name)))).replace(" ", "")


def column(rows: Sequence[Line], col: int | None) -> list[Fact]:
    """The money of some rows in one column."""
    return [
        fact for row in rows for fact in row.facts if fact.place.col == col and fact.dimension in ("money", "score")
    ]


def scored(facts: Sequence[Fact], question: str) -> bool:
    """Whether scores are asked for and these are some."""
    return facts[0].dimension == "score" and "得分" in question and "得分" in facts[0].measure[-1]


def fit(fact: Fact, question: str, seen: Lens) -> tuple[float, bool, bool]:
    """How much of a heading the question says; among equals the year under review, a column that sums up others."""
    heading = pairs(reduced("/".join(fact.measure)))
    meant = any(year in fact.period for year in re.findall(r"20\d\d", question) or [str(seen.year)])
    said_of = round(seen.weight(heading & pairs(reduced(question))), 3)
    return (said_of, meant, fact.measure[-1].endswith(("小计", "合计")))


def row_rate(plan: Plan, seen: Lens) -> Reply | None:
    """The execution rate of the row that a short name means: 国省干线项目执行率."""
    match = RATE.match(plan.question.strip("？?"))
    for group in lines(seen) if match else ():
        line = row_of(match[1], group, seen) if match else None
        made = executed(line) if line else None
        if line is not None and made is not None:
            return Reply(f"{line.name}执行率为{made.text}（{made.working}）。", made.facts)
    return None


def in_words(names: Sequence[str], seen: Lens, apart: bool = False, floor: float = SURE) -> list[Fact]:
    """Figures named nearly in full, all of one kind and basis; to be set against one another the bases may differ."""
    if len({bool(bare(name)) for name in names}) > 1:
        return []  # 决算比调整预算少多少: one side says only another basis of the other's thing
    asks = [ask(WHOLE.get(name, name)) for name in names]
    spent = [look(seen, replace(one, basis="决算")) for one in asks if not one.basis and one.dimension in ("", "money")]
    meant = len(spent) == len(asks) and all(one and one.fact.basis == "决算" and one.score >= floor for one in spent)
    found = spent if meant else [look(seen, one) for one in asks]  # money is asked for as spent where nothing is said
    facts = [one.fact for one in found if one is not None and one.score >= floor]
    kinds = {(fact.dimension, "" if apart else fact.basis, fact.place.report) for fact in facts}
    return facts if len(facts) == len(names) and len(kinds) == 1 and len(set(facts)) == len(facts) else []
