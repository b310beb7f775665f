"""Several figures in a row: 甲、乙分别为x、y; 2022年、2023年支出分别为x、y; 20家银行、8家机构建立合作.

Each function gives the claims of the figures it takes from the front of a sentence; none where it does not fit.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.ledger import labels, nouns, phrases
from ingest.ledger.labelled import unplanned
from ingest.ledger.pieces import Piece
from ingest.ledger.relations import spoken_year
from ingest.ledger.thread import Claim, Thread, claim_of, settle
from ingest.periods import mentions
from ingest.terms import plain

_NOUN = re.compile("[^，,；;：:。]{2,20}(?:、|和|与|及|以及)")
"""The rest of a counted noun and what joins it to the next."""
_SERIES = re.compile(r"\s*(?:、|，|,|和|与|及|以及|/)?\s*$")


def run_of(rest: list[Piece]) -> int:
    """How many figures in a row stand in one series: x、y、z or the two ends of a range."""
    count = 1
    turns = "分别" in rest[0].own
    while count < len(rest) and _joins(rest[count], turns) and not nouns.noun(rest[count - 1].after):
        count += 1
    return count


def _joins(piece: Piece, turns: bool) -> bool:
    """Whether a figure goes on a series; `turns`: with a direction of its own (分别增长x、下降y)."""
    return bool(_SERIES.match(piece.gap) or (turns and _TURN.fullmatch(plain(piece.gap))))


_THEN = re.compile(r"(?:上一?年度?|去年|20\d\d年度?)(?:同期)?")
_TURN = re.compile("[、，,和]?(?:增长|增加|下降|减少|提高|上升|降低)")


def distributed(run: list[Piece], thread: Thread) -> list[Claim]:
    """甲、乙分别为x、y and, after it, 增速为a、b: the figures of a series given to the names of a list."""
    if len(run) < 2:
        return []
    own = run[0].own.replace("依次", "分别")
    if "分别" not in own:
        if len(thread.names) != len(run):
            return _done(run, labels.clean(own), thread)
        measure = labels.clean(own) or own
        changes = phrases.change(own) is not None or measure.endswith(("增速", "增幅", "增长率"))
        return _given(run, [(name, measure) for name in thread.names], changes, thread)
    label, _, tail = own.rpartition("分别")
    if not labels.clean(label) or phrases.comparison(label) or _THEN.fullmatch(plain(label).strip("，,；;而")):
        return _each(run, label, tail, thread) or _yearly(run, "", labels.clean(tail), thread)
    names = phrases.listed(labels.clean(_INTO.sub("", label)), len(run))
    if len(names) != len(run):
        told = labels.clean(label)
        if summed := _summed(run[0].gap, len(run)):
            thread.names = summed
            return _given(run, [(name, told) for name in summed], False, thread)
        yearly = _quarterly(run, told, thread) or _yearly(run, told, labels.clean(tail), thread)
        return yearly or _rates(run, told, thread)
    thread.names = names
    change = phrases.change(tail)
    return _given(run, [(name, change.direction) if change else ("", name) for name in names], bool(change), thread)


_INTO = re.compile("^.*(?:分为|包括|包含|涵盖)")
_SUMMED = re.compile(
    r"(?P<names>[^，；。]+?)(?P<count>[两二三四五六七八九十]|\d+)[个类项种大][^，；。、]*[，；][^，；。]*$"
)


def _summed(gap: str, count: int) -> tuple[str, ...]:
    """分为甲、乙、丙三个大类，金额分别为: the names that a count of just as many sums up, in the clause before."""
    match = _SUMMED.search(gap)
    names = phrases.listed(_INTO.sub("", match["names"])) if match else ()
    said = match["count"].replace("两", "二") if match else ""
    return names if len(names) == count and said in (str(count), "零一二三四五六七八九十"[count : count + 1]) else ()


def _done(run: list[Piece], verb: str, thread: Thread) -> list[Claim]:
    """甲任务x亩、乙y亩，实际完成a亩和b亩: what was done of each of the levels just stated, where they are as many."""
    heads = [claim for claim in thread.recent if claim.quantity.unit == run[0].quantity.unit]
    if not nouns.only_verbs(verb) or len(heads) != len(run):
        return []
    made = (
        claim_of(piece, head.subject, (*unplanned(head.measure), verb), thread, whole=False)
        for piece, head in zip(run, heads, strict=True)
    )
    return [settle(claim, thread) for claim in made]


def _rates(run: list[Piece], rate: str, thread: Thread) -> list[Claim]:
    """甲x人、乙y人，规范管理率分别为a、b: one rate for each of the levels just stated, where they are as many."""
    heads = thread.recent
    if not rate.endswith("率") or len(heads) != len(run) or heads[0].quantity.unit.dimension != "count":
        return []
    made = (
        claim_of(piece, head.subject, (*head.measure, rate), thread, whole=False)
        for piece, head in zip(run, heads, strict=True)
    )
    return [settle(replace(claim, aside=True), thread) for claim in made]


_QUARTERS = ("1-3月", "4-6月", "7-9月", "10-12月")
_QUARTERLY = re.compile("[四4]个季度的?(?=.)")


def _quarterly(run: list[Piece], label: str, thread: Thread) -> list[Claim]:
    """四个季度支出分别为w、x、y、z: one figure for each quarter, of the whole department unless it says of what."""
    told = _QUARTERLY.match(label)
    if told is None or len(run) != len(_QUARTERS):
        return []
    subject, measure = labels.split(label[told.end() :])
    year = spoken_year(thread)
    made = (claim_of(piece, subject, (measure,), thread, whole=False) for piece in run)
    return [
        settle(replace(claim, period=f"{year}年{part}"), thread) for claim, part in zip(made, _QUARTERS, strict=True)
    ]


def _yearly(run: list[Piece], label: str, verb: str, thread: Thread) -> list[Claim]:
    """2022年、2023年支出分别为x、y: one figure for each of the periods just named; `verb`: 甲分别安排x、y."""
    named = [mention.period for mention in mentions(run[0].gap, thread.year)] or thread.periods
    if len(named) == 1 and (span := re.fullmatch(r"(20\d\d)-(20\d\d)年", named[0])):
        named = [f"{year}年度" for year in range(int(span[1]), int(span[2]) + 1)]
    years = named[-len(run) :]
    if len(set(years)) != len(run):
        return []
    subject, measure = (label, verb) if verb else labels.split(label)
    made = (claim_of(piece, subject or thread.subject, (measure,), thread) for piece in run)
    return [settle(replace(claim, period=year), thread) for claim, year in zip(made, years, strict=True)]


def _each(run: list[Piece], compared: str, tail: str, thread: Thread) -> list[Claim]:
    """甲x，乙y，同比分别增长a、b: one change or share for each of the levels just stated."""
    heads = thread.recent[-len(run) :]
    if len(heads) != len(run):
        return []
    change, share = phrases.change(compared + tail), phrases.share(tail)
    words = change.comparator + change.direction if change else f"{share[1]}{share[2]}的比例" if share else ""
    if not words:
        then = mentions(compared, spoken_year(thread))
        made = (claim_of(piece, head.subject, head.measure, thread) for piece, head in zip(run, heads, strict=True))
        return [replace(claim, period=then[0].period, aside=True) for claim in made] if then else []
    made = (
        claim_of(
            piece, head.subject, (*head.measure, _own_way(piece, words)), thread, changes=bool(change), whole=False
        )
        for piece, head in zip(run, heads, strict=True)
    )
    return [settle(replace(claim, aside=True), thread) for claim in made]


def _own_way(piece: Piece, words: str) -> str:
    """The words of a change with the direction that its own figure has (下降6.13% in a row that began with 增长)."""
    turn = _TURN.fullmatch(plain(piece.gap))
    own = phrases.change(turn[0]) if turn else None
    return re.sub("(?:增长|增加|下降|减少|提高|上升|降低)$", own.direction, words) if own else words


def _given(run: list[Piece], named: list[tuple[str, str]], changes: bool, thread: Thread) -> list[Claim]:
    """One claim for each figure of a series with its subject and measure."""
    return [
        settle(claim_of(piece, subject, (measure,), thread, changes=changes), thread)
        for piece, (subject, measure) in zip(run, named, strict=True)
    ]


def shared(rest: list[Piece], thread: Thread) -> list[Claim]:
    """20家银行、8家担保机构建立合作: counted nouns in a row; what the last says of itself is said of all."""
    count = 1
    while count < len(rest) and _NOUN.fullmatch(rest[count].gap.strip()):
        count += 1
    if count < 2:
        return []
    counted = [nouns.noun(piece.after) for piece in rest[:count]]
    if not all(counted) or any(nouns.starts_with_verb(noun) for noun in counted):
        return []
    common = nouns.predicate(counted[-1])
    labels = [re.sub(r"(?:和|与|及|以及)$", "", noun) + common for noun in counted[:-1]] + [counted[-1]]
    return [
        settle(claim_of(piece, "", (nouns.joined(rest[0].own, label),), thread), thread)
        for piece, label in zip(rest, labels, strict=False)
    ]
