"""Honest refusals: what the report does not give, and the nearest thing that it does give.

Never puts a near figure forward as the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.builtin.facts.finding import find, share
from assistant.builtin.facts.lens import AIMS, Lens, named, years_of
from assistant.builtin.facts.lookup import look, name_of, whole
from assistant.builtin.facts.namesake import called
from assistant.builtin.facts.wholes import TOTAL
from assistant.builtin.prose.passages import every, topic
from assistant.builtin.question.lexicon import content, pairs, pattern, reduced
from assistant.builtin.question.plan import Ask, Plan, ask
from assistant.builtin.rates.cards import card_of
from assistant.builtin.reply import Reply, figure_of, lacking, say, shown
from assistant.review.inputs import find as find_input
from ingest.fact import Fact
from ingest.quantity import unit
from ingest.report import Report


def out_of_scope(plan: Plan, seen: Lens) -> Reply | None:
    """Persons, and years and departments that no report speaks of."""
    return _person(plan) or _year(plan, seen) or _body(plan, seen)


def _person(plan: Plan) -> Reply | None:
    if not pattern("ask_person").search(plan.question):
        return None
    asked = plan.question.strip("？?")
    what = (topic(plan.question) or asked).replace(" ", "")
    return lacking(what, f"报告没有“{asked}”的相关信息，也不属于报告范围，无法回答。")


def _year(plan: Plan, seen: Lens) -> Reply | None:
    """A year under review that is none of the reports', and for which none of them gives the figure."""
    strange = [year for year in plan.years if year not in seen.years]
    if not strange or not seen.years or plan.kind in ("why", "list", "narrative"):
        return None
    if any(look(seen, one) or _rated(seen, one) for one in plan.asks if one.year in strange):
        return None
    if not plan.asks or all(one.year is None for one in plan.asks):
        return None
    return lacking(f"{strange[0]}年的{_what(plan)}")


BODY = re.compile(
    r"^(?:20\d\d年度?|请问|那么?|[，,])*(?P<body>"
    r"[一-龥]{2,8}?(?:局|厅|委员会|管委会)|[一-龥]{0,4}?(?:供销社|[侨妇残科文]联|总工会|工商联))"
    r"(?=的|20\d\d年|[一-龥]{0,12}(?:支出|预算|决算|收入|执行|经费|花了|多少))"
)
"""水务局的公用经费: whose figure is asked for."""
NOBODY = ("各", "全", "本", "该", "我", "哪", "这", "那", "两", "三", "几", "多", "其他", "下属", "上级", "主管")
"""What begins a word for departments that names none (两个局)."""


def _body(plan: Plan, seen: Lens) -> Reply | None:
    """A department asked of that no report speaks of, by its name or cut short: another's figures are not its own."""
    found = BODY.search(plan.bare)
    if found is None or found["body"].startswith(NOBODY):
        return None
    name = re.sub("^.*[省市区县旗盟](?=.{2})", "", found["body"])
    short = ".{0,4}".join(map(re.escape, name))
    texts = (text for one in seen.readings for text in _texts(one.report))
    stem = re.escape(name[:-1] if len(name) > 2 else name)
    if any(re.search(f"{stem}|{short}", text) for text in texts):
        return None
    return lacking(_what(plan))


def _texts(report: Report) -> Iterator[str]:
    """All that a report says, its department's name too."""
    yield report.department
    yield report.title
    yield from (block.text for block in report.blocks)
    yield from (cell.text for table in report.tables for cell in table.cells)


def _rated(seen: Lens, one: Ask) -> bool:
    """Whether a rate is asked for of a year whose spending is told."""
    return one.dimension == "ratio" and whole(seen, replace(one, basis="决算")) is not None


_ASKING = re.compile(
    r"20\d\d年?度?[末底初]?(的)?|(?:一共|共)?[花用]了?多少(?:钱|资金)|(?<=得)了多少(?=分)|了?(?:多少|几)(?=分$)"
    r"|(?:一?共)?有?(?:多少|几)[辆台名家](?=[一-龥])"
    r"|(分别|各)?(是|为|有)?(多少|什么|几[个所家名]?|谁)(?:钱|资金)?|[？?]|请问|怎么样|如何|了?吗$|(?<![国实现])有\s+$"
)
"""Words that only ask, and a year."""


def asked_for(text: str) -> str:
    """What a part of a question asks for, in its own words without those that only ask."""
    return _ASKING.sub("", text).strip("，,的 ") or text.strip("？? ")


def _what(plan: Plan) -> str:
    """What was asked for, in its own words."""
    words = _ASKING.sub("", plan.question)
    what = re.sub("为什么|为何|怎么会|何以", "", words).strip("，,的 ") or plan.question.strip("？?")
    return f"{what}的原因" if plan.kind == "why" and "原因" not in what else what


def refusal(plan: Plan, seen: Lens) -> Reply:
    """What is missing: an indicator's input where the question names one, else the words of the question."""
    what = _what(plan)
    card = card_of(content(plan.question).replace(" ", "")) or next(
        (found for one in plan.asks if (found := card_of(one.phrase.replace(" ", "")))), None
    )
    if card is not None:
        given = {one.key: find_input(one, seen.readings) for one in card.inputs}
        absent = [one for one in card.inputs if not given[one.key] and not one.optional]
        if absent:
            names = "、".join(one.name for one in absent)
            return Reply(
                say("no_input", missing=names, name=card.name),
                missing=tuple(f"{one.name}（由{one.supplier}提供）" for one in absent),
                refused=True,
            )
    near = _nearest(plan, seen)
    return lacking(what, say("refuse_near", what=what, near=near) if near else "")


def _nearest(plan: Plan, seen: Lens) -> str:
    """The fact whose name comes nearest, with its own name and period, or ""."""
    for one in plan.asks or (ask(plan.question),):
        if same := [entry.fact for entry in called(seen, one.phrase) if one.basis in ("", entry.fact.basis)]:
            return figure_of(same[0], True)
        hits = find(seen, one, floor=0.45, precise=0.4, near=True)
        if hits:
            fact = hits[0].fact
            return figure_of(fact, True)
    return ""


AIMED = re.compile("目标|任务|计划|要求|指标值|应|不低于|不高于|不少于|定[的了在为]|规定|标准")
"""Words of a question that is about what was aimed at."""


def only_aimed(plan: Plan, facts: Sequence[Fact]) -> Reply | None:
    """An outcome asked for of which the report gives the goal alone: said so, the goal beside it."""
    goals = [fact for fact in facts if fact.basis in AIMS]
    if len(plan.asks) != 1 or not goals or len(goals) < len(facts) or plan.asks[0].basis not in ("", "完成"):
        return None
    if AIMED.search(plan.question):
        return None
    near = "、".join(f"{name_of(fact)}{shown(fact.quantity)}" for fact in goals)
    what = _what(plan)
    return Reply(
        say("only_planned", what=what, near=f"（目标：{near}）"),
        tuple(goals),
        missing=(f"{what}的完成情况（应由填报单位补充）",),
        refused=True,
    )


EACH = re.compile(
    "(?:各个?|每一?个)(?:项目|专项|科室|股室|处室|单位|乡镇|街道|学校)的?(?:绩效|支出)*(?:自评|评价)?(?:得分|评分)"
)
"""各项目的得分: asks for the score of every single one."""


def of_each(plan: Plan, seen: Lens) -> Reply | None:
    """各项目的得分 where no row with money has a score: the department's own score is not told for its items, and the
    annex that should have them is named."""
    if not EACH.search(plan.question):
        return None
    cells = [fact for fact in seen.facts if fact.kind == "table" and not TOTAL.search(fact.subject)]
    paid, scored = (
        {named(fact.item) for fact in cells if fact.dimension == dimension} for dimension in ("money", "score")
    )
    if len(paid & scored) > 1:
        return None
    return _with_annex(plan, seen)


def _with_annex(plan: Plan, seen: Lens) -> Reply:
    """A refusal that names the annex which should have told it and is not there."""
    what = _what(plan)
    lost = [one.title for one in seen.findings if one.rule == "附件" and pairs(one.title) & pairs(reduced(what))]
    text = say("refuse", what=what) + "".join(f"{one}。" for one in lost[:1])
    return lacking(what, text)


SPREAD = re.compile(
    "按(?P<by>[一-龥]{2,4}?)(?:是|的)?(?:怎么|如何|怎样)?(?:分布|划分|分组|分类|构成)"
    "|的(?P<of>[一-龥]{2,4})(?:分布|构成|结构)(?:情况)?(?:如何|怎么样|怎样|是什么|是怎样的)?$"
)
"""样本按行业怎么分布, 人员的年龄结构: asks for a whole by one kind of its parts."""


def of_spread(plan: Plan, seen: Lens) -> Reply | None:
    """A breakdown by something (按行业分布) of which neither a sentence nor a table of the thing ever speaks."""
    asked = SPREAD.search(plan.bare)
    wanted = pairs(topic(plan.bare[: asked.start()])) if asked else frozenset()
    if asked is None or not wanted:
        return None
    by = pairs(reduced(asked["by"] or asked["of"]))
    tables = (seen.words_of(one.report, table) for one in seen.readings for table in one.report.tables)
    told = [(one.text, pairs(reduced(one.text))) for one in every(seen)]
    spoken = any(by <= own and share(seen, wanted, own) >= SPOKEN for own in (*(own for _, own in told), *tables))
    spoken = spoken or any("其中" in text and share(seen, wanted, own) >= WHOLLY for text, own in told)
    return None if spoken else _with_annex(plan, seen)


SPOKEN, WHOLLY = 0.5, 0.8
"""The share of a thing's words that a sentence or table must hold to speak of it, and to tell of its parts."""


def of_its_years(plan: Plan, reply: Reply, seen: Lens) -> Reply:
    """The reply, or a refusal where its figures speak of none of the years that the question names."""
    told = {year for fact in reply.facts for year in (years_of(fact.period) or seen.years)}
    quoted = reply.text + "".join(one.quote for one in reply.citations) + "".join(fact.quote for fact in reply.facts)
    strange = [year for year in plan.years if year not in told and str(year) not in quoted]
    if reply.refused or not reply.facts or not strange or set(plan.years) & set(seen.years) >= set(strange):
        return reply
    return lacking(f"{strange[0]}年的{_what(plan)}")


COUNTED = re.compile(
    "(?:多少|几)(?P<unit>[^钱元人名个家项次分天年月倍成点位所座处件种类级户份条来大长高久少？?]|平方米|立方米|公里|公顷)[？?]?$"
)
"""完成了多少株: what is counted, where a common word for it does not say so."""


def of_its_unit(question: str, plan: Plan, reply: Reply, seen: Lens) -> Reply:
    """The reply, or a refusal where something is to be counted (多少株) that neither its figures nor any words of the
    reports ever count."""
    asked = COUNTED.search(question.strip())
    if asked is None or reply.refused or asked["unit"] in reply.text:
        return reply
    known = unit(asked["unit"])
    if known and any(fact.dimension == known.dimension != "count" for fact in reply.facts):
        return reply
    counted = re.compile(
        rf"\d\s*[多余]?[百千万亿]*{asked['unit']}|[（(]{asked['unit']}[）)]|单位[:：]\s*{asked['unit']}"
    )
    if any(counted.search(text) for one in seen.readings for text in _texts(one.report)):
        return reply
    return lacking(_what(replace(plan, question=question)))
