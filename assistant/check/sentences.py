"""The sentences of a text, and every figure in them as a claim with the label that its sentence gives it.

Uses the ledger's own grammar (ingest.ledger.sentence); judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from assistant.check.anaphora import Focus, resolved
from assistant.check.claim import EARLIER, Claim, Question, Said
from assistant.check.ledger import Ledger, content
from assistant.check.rows import Rows, is_row, row_claims, unit_above
from assistant.check.states import done, reset
from assistant.check.when import before_change, names_report, spoken
from ingest.formulas import differences
from ingest.hedges import hedge_of
from ingest.ledger.labels import split
from ingest.ledger.prose import basis
from ingest.ledger.sentence import Claim as Labelled
from ingest.ledger.sentence import Thread
from ingest.ledger.sentence import claims as labelled
from ingest.ledger.thread import named_item
from ingest.periods import periods
from ingest.quantity import Quantity, quantities
from ingest.terms import basis_of, is_alias, sentences

_STATE = re.compile("(?:[降增升减]|提高|增加|减少|下降|上升|缩短|调整)(?:至|到|为)$|(?:尚|仍)?(?:未|没有?)$|(?<=率)在$")
"""The words before the second of two states, or before a bound (尚未达到x); they name nothing."""
_COMPARED = re.compile("[比较与同]")
_BEFORE = "原值"
"""The grammar's word for the first of two states (由x降至y)."""
_SPEECH = re.compile(
    r"^(?:(?:高于|低于|超过|大于|小于|多于|少于|等于|不及)|(?:正文|报告|自评表|评分表|附件|附表|表\s*\d+|合计行|第[一二三四五六七八九十]+部分|[和与及、]|按照?|以|但|而|另|又|只|均|即|较(?=预算|计划|目标)|[÷×+=−])*"
    r"(?:另外?写|另?有(?!效)|误写|写明|写的?|只报|报|列|给出|显示|载明)?(?:了|的|为|是)?)"
)
"""Words that speak of the report or compare, before the words that name something."""
_DENIED = re.compile(r"(?:不等于|不能当作|不能视为|不应为|不是|并非|而非|不为)[“”约]*$")
DENIAL = 8
"""Characters before a figure in which a word that denies it stands."""
_DENIED_AFTER = re.compile(
    r"^[”’]?(?:等?(?:一说|之说|的说法|这一数))?(?:没有|缺乏|并?无)(?:任何)?(?:依据|出处)|^[”’]?(?:有误|不实|不成立)"
)
_WORD = re.compile("[一-鿿A-Za-z]")
_CLAUSE = re.compile("[，。；！？,;：:（()）\\n]")


EARLIER_TEXT = 160
"""Characters before a sentence that may tell what it goes on about."""
HEADING = 40
"""Characters of the longest line without figures that may name what the bullets below it are about."""

_LEFT = re.compile("(?:左右|上下|多|余)?(?:尚?未(?:能)?|没有?)(?:支出|执行|使用|拨付|花|用|形成支出)(?:出去|掉|完)?")
_UNSPENT = "未支出"
_BULLET = re.compile(r"\s*(?:[-*•·●○▪–—]|[①-⑳]|\d{1,2}[.、．)）]|[（(][一二三四五六七八九十\d]{1,2}[）)])\s*")
_SINCE = re.compile(r"[由从]年初的?$")
_BUDGETS = ("预算", "调整后预算")
_STATES = re.compile(
    r"[由从][^，。；由从]{1,24}?(?=(?:[增减降升调提压缩]|下降|上升|追加)[^，。；\d]{0,4}[至到为][^，。；\d]{0,6}$)"
)
"""The first of two states, before the second: its words (年初) say nothing of the second."""
_FROM = re.compile(r"[由从][^，。；]{0,12}$")
_EVERYTHING = re.compile("(?:占|比|较|高于|低于)(?:部门|单位|全局)?(?:全部|整体)")
_STOPS = "，；。："
_POSSESSIVE = re.compile(
    r"(?:^|[，；。：])(?:20\d\d年(?:度|末|初)?)?(?:其中[：:])?(?P<whose>(?!\d)(?:20\d\d年|[^，；。：\d占较比由从]){2,80}?)的(?:20\d\d年(?:度|末|初|底)?)?"
    r"(?P<what>[^，；。：的\d占较比由从]{0,20}?)(?:为|是|达到?|共|约)?$"
)


def said(text: str, ledger: Ledger, context: str = "") -> tuple[Said, ...]:
    """The sentences of `text` with their claims; every figure of the text is in exactly one of them."""
    figures = _uncited(text, quantities(text))
    spans = sentences(text)
    question = _question(context, ledger) if context else _NO_QUESTION
    thread, table, topic, focus = None, Rows(), "", Focus(ledger.items)
    result, at, last = [], 0, 0
    for number, (start, end) in enumerate(spans):
        line = text[start:end]
        stop = len(text) if number + 1 == len(spans) else end
        inside = []
        while at < len(figures) and figures[at].span[0] < stop:
            inside.append(figures[at])
            at += 1
        if thread is None or "\n" in text[last:start]:
            topic = _topic(line, inside, topic, ledger)
            thread = _thread(ledger, topic)
        near = _moved(inside, -start)
        if is_row(line):
            whole, found = line, list(row_claims(line, near, table, ledger.year))
        else:
            unit_above(line, table)
            whole, near = resolved(line, near, focus)
            found = list(_labelled(whole, near, thread))
            focus.lines.append(whole)
        earlier = text[max(0, start - EARLIER_TEXT) : start]
        figured = zip(found, _written(found, inside), strict=True)
        claims = _inherited([_claim(one, figure, whole, question, ledger, earlier) for one, figure in figured])
        result.append(Said(line, (start, end), tuple(claims)))
        last = end
    return tuple(result)


_CITED = re.compile(r"(?<![为是达约共占近超有])[\[［【](\d{1,2})[\]］】](?=[\s，。；、,;.\[［【]|$)")
"""A mark of what a text quotes (…万元[1]。), which is no figure."""


def _uncited(text: str, figures: Sequence[Quantity]) -> Sequence[Quantity]:
    """The figures of a text without its marks of citation."""
    marks = {match.span(1) for match in _CITED.finditer(text)} if "[" in text or "【" in text or "［" in text else ()
    return [figure for figure in figures if figure.span not in marks] if marks else figures


_NO_QUESTION = Question("", frozenset(), "", "")


def _question(text: str, ledger: Ledger) -> Question:
    periods_named = periods(text, ledger.year)
    period = periods_named[0] if len(periods_named) == 1 else ""
    return Question(text, content(text), period, named_item(text, ledger.items))


_ASKS = re.compile(
    r"(?:[是为]|一?共)?(?:有|占)?(?:了)?(?:百分之几|多少|多大|多高|几成|几)(?:个百分点|[个家件名人项次场起宗座张元亩条户台辆份成倍%分])?"
)
_CLAUSES = re.compile("[，,；;。？?！!]")


def posed(claim: Claim, ledger: Ledger) -> Claim | None:
    """A bare figure said where the question asks (甲占乙的比重是多少：34.14%): the claim that the two make together."""
    if not claim.question or _WORD.search(claim.before):
        return None
    asked = _ASKS.search(claim.question)
    before = _CLAUSES.split(claim.question[: asked.start()])[-1] if asked else claim.question.rstrip("？?。 ")
    after = _CLAUSES.split(claim.question[asked.end() :])[0] if asked else ""
    figure = claim.quantity
    line = f"{before}{figure.text}{after}"
    within = replace(figure, span=(len(before), len(before) + len(figure.text)))
    asks = Question(claim.question, claim.asked, claim.asked_period, claim.topic)
    found = next(_labelled(line, [within], _thread(ledger)))
    return _claim(found, figure, line, asks, ledger, "")


def _thread(ledger: Ledger, topic: str = "") -> Thread:
    return Thread(ledger.year, ledger.items, topic=topic, department=ledger.department)


def _topic(line: str, figures: Sequence[Quantity], topic: str, ledger: Ledger) -> str:
    """The item that a heading names, for the bullets below it (智慧平台：⏎- 预算x⏎- 支出y)."""
    if not figures:
        return named_item(line, ledger.items) if len(line) <= HEADING else ""
    return topic if topic and _BULLET.match(line) else ""


def _written(found: Sequence[Labelled], figures: Sequence[Quantity]) -> Iterator[Quantity]:
    """The figures as the grammar has read them, at their places in the whole text."""
    for claim, figure in zip(found, figures, strict=True):
        yield claim.quantity if claim.quantity.span == figure.span else replace(claim.quantity, span=figure.span)


def _moved(figures: Sequence[Quantity], by: int) -> Sequence[Quantity]:
    """The figures with their spans counted from another place."""
    if not by:
        return figures
    return [replace(figure, span=(figure.span[0] + by, figure.span[1] + by)) for figure in figures]


def _inherited(claims: list[Claim]) -> list[Claim]:
    """A bare measure (…，全年支出数为x) is that of the subject before it in the sentence."""
    result: list[Claim] = []
    for claim in claims:
        before = result[-1] if result else None
        if before and claim.bounds and not claim.label:
            claim = replace(
                claim, subject=before.subject, measure=before.measure, label=before.label, basis=before.basis
            )
        bare = len(claim.measure) == 1 and (is_alias(claim.measure[0]) or claim.measure[0] in _left())
        if before and before.subject and not claim.subject and bare:
            claim = replace(claim, subject=before.subject, label=claim.label | content(before.subject))
        if before and not claim.period and "月" in before.period:  # 上半年支出x，支出进度y
            claim = replace(claim, period=before.period)
        result.append(claim)
    return result


@cache
def _left() -> frozenset[str]:
    """Measures that are differences by name (结余、未支出): said alone, they are those of the subject before."""
    return frozenset(known.name for known in differences())


def _labelled(line: str, figures: Sequence[Quantity], thread: Thread) -> Iterator[Labelled]:
    """The grammar's claims of one sentence; a figure it passes over keeps the words of its clause."""
    found = {claim.quantity.span: claim for claim in labelled(line, figures, thread)}
    last = 0
    for figure in figures:
        claim = found.get(figure.span)
        if claim is None:
            clause = _CLAUSE.split(line[last : figure.span[0]])[-1]
            claim = Labelled(figure, "", (clause,), certain=False)
        yield claim if claim.quantity is figure else replace(claim, quantity=figure)
        last = figure.span[1]


def _claim(found: Labelled, figure: Quantity, text: str, question: Question, ledger: Ledger, earlier: str) -> Claim:
    """The claim that the grammar has found in a sentence; `figure` has its place in the whole text."""
    first, last = found.quantity.span
    before, after = text[:first], text[last:]
    found = _level(found, before)
    subject, measure = _named(found, before)
    if subject and ("全部" in before or "整体" in before) and _of_everything(subject, measure, before):
        subject = ""
    period = spoken(found, before, ledger.year)
    if _LEFT.match(after):
        behind = _CLAUSE.split(after)[0]
        measure = (*(part for part in measure if part not in behind), _UNSPENT)
    label = content(subject, *measure)
    if measure[-1] == _BEFORE and (origin := _FROM.search(before)):
        measure, period = measure[:-1] or ("",), before_change(period, origin[0], ledger.year)
        label = label if measure[0] else frozenset()
        if _SINCE.search(before) and basis_of("".join(measure)) in _BUDGETS:
            subject, measure = split(measure[0])[0], ("年初预算数",)
            label = content(subject, *measure)
    if states := reset(measure, before, ledger.items):
        subject, measure = states
        period, label = found.period if measure[0] != "年初预算数" else "", content(subject, *measure)
    if "报告" in text and names_report(period, text):
        period = EARLIER
    return Claim(
        quantity=figure,
        subject=subject,
        measure=measure,
        period=period,
        basis=basis(found if measure == found.measure else replace(found, measure=measure), usual="") or done(measure),
        label=label,
        context=_context(before) | question.terms,
        question=question.text,
        asked=question.terms,
        topic=question.topic,
        asked_period=question.period,
        earlier=earlier,
        before=before,
        after=after,
        denied=bool(_DENIED.search(before[-DENIAL:]) or _DENIED_AFTER.match(after)),
        of_spent=found.part_of is not None and found.part_of.measure[-1].endswith("支出"),
    )


def _of_everything(subject: str, measure: tuple[str, ...], before: str) -> bool:
    """Whether a clause names something of the whole (比整体支出执行率x) and not of what was spoken of."""
    clause = _CLAUSE.split(before)[-1]
    of_part = subject in clause or clause.endswith("的") or measure[-1].startswith("占")
    return not of_part and bool(_EVERYTHING.search(clause))


def _level(found: Labelled, before: str) -> Labelled:
    """执行率低于90% bounds the level; it would be a change only against what it is compared with (比预算低)."""
    said = hedge_of(found.measure[-1]) if len(found.measure) > 1 else None
    if said != found.quantity.relation or _COMPARED.search(_CLAUSE.split(before)[-1]):
        return found
    return replace(found, measure=found.measure[:-1], changes=False)


_FIGURES = re.compile(r"(?<![A-Za-z\d.])\d[\d,.]*(?![\d年])")


def _context(before: str) -> frozenset[str]:
    """Content terms of what stands before a figure, clause by clause: figures are no terms, whatever their digits."""
    return _terms_before(_FIGURES.sub("0", before))


@lru_cache(maxsize=4096)
def _terms_before(before: str) -> frozenset[str]:
    return content(*filter(None, _CLAUSE.split(_STATES.sub("", before))))


def _named(found: Labelled, before: str) -> tuple[str, tuple[str, ...]]:
    """Subject and measure; “甲的乙为x” is read as it stands where the grammar has lost a part of it."""
    told = found.measure[-1] if found.changes else None
    measure = tuple([part if part == told else _bare(part) for part in found.measure])
    whose = "的" in before and not found.changes and not measure[-1].startswith("占")
    match = _POSSESSIVE.search(before, max(0, *map(before.rfind, _STOPS))) if whose else None
    if match and "分别" not in match["what"] and "依次" not in match["what"]:
        whole = content(match["whose"], match["what"])
        if "的" in found.subject + measure[-1] or not whole <= content(found.subject, *measure):
            return match["whose"], (match["what"] or match["whose"],)
    return found.subject, measure


@lru_cache(maxsize=16384)
def _bare(part: str) -> str:
    """A part of a label without words about the report itself (正文写、表3为、按 …)."""
    return _STATE.sub("", _SPEECH.sub("", part, count=1))
