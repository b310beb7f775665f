"""The roads to an answer without a model, in the order in which they are tried. A new road is added here.

A road takes a plan and the reports and hands back a reply, or None where it does not lead anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.builtin.amounts import (
    against,
    balance,
    bundles,
    change,
    columned,
    composition,
    crossed,
    gaps,
    heads,
    in_list,
    moved_most,
    over_column,
    ranking,
    remainder,
    rest,
    shares,
    spent,
    sums,
    tally,
    together,
    top_account,
    without,
)
from assistant.builtin.basics import basic
from assistant.builtin.facts.lens import Lens
from assistant.builtin.objections import consistent, explained, faults, premise, refuse, supposed
from assistant.builtin.objections.planned import not_yet
from assistant.builtin.outcomes import goals, grades, reached, scores, sided
from assistant.builtin.plain import figures, told_together
from assistant.builtin.prose import (
    cover,
    grounds,
    listed,
    moves,
    narrative,
    parts,
    purposes,
    sections,
    stated,
    whereabouts,
)
from assistant.builtin.question.plan import Plan
from assistant.builtin.rates import checks, contests, idle, recomputed, staffing
from assistant.builtin.reply import Reply
from assistant.builtin.tables import listing, lone, tabled
from ingest.chunk import Chunk

Search = Callable[[str], Sequence[Chunk]]
"""The passages nearest to a question."""
Road = Callable[[Plan, Lens], Reply | None]


def fallback(planned: Plan, seen: Lens) -> Reply | None:
    """Questions without figures: the passages that speak of them."""
    if planned.kind in ("", "where", "list", "narrative", "why", "filter"):
        told = narrative.related if planned.kind == "why" else narrative.narrative
        return told(planned, seen) if _passage_fits(planned) else None
    return None


def _passage_fits(planned: Plan) -> bool:
    return not re.search(
        r"多少|几(个|家|所|件|名|人)|率(是|为|多)?|(满意度|金额|数量|总额|得分|人数)[？?]?$", planned.question
    )


def one_cell(planned: Plan, seen: Lens) -> Reply | None:
    """A cell asked for by the names of its row and column alone, whatever these sound like."""
    cell = crossed.single(planned, seen)
    if cell is None:
        return None
    told = figures(planned, seen)
    held = told is not None and any(one.id == cell.id for one in told.facts)
    return told if held else crossed.listed([cell], seen)


def exactly(planned: Plan, seen: Lens) -> Reply | None:
    """What is worked out of the cells of one table, or of a list of the prose, where the names of it are all that the
    question says beside the operation; such a question is one, however many clauses it has."""
    ways = (crossed.worked, over_column.worked, in_list.worked, moved_most.worked)
    return next((told for way in ways if (told := way(planned, seen))), None)


FIRST: tuple[Road, ...] = (
    basic,
    consistent.asked,
    idle.unused,
    staffing.posts,
    lone.read,
    explained.asked,
    top_account.highest,
    without.asked,
    exactly,
    against.picked,
    one_cell,
    cover.signed,
    tabled.people,
    tabled.by_value,
    bundles.listed,
    told_together,
    refuse.out_of_scope,
    refuse.of_each,
    refuse.of_spread,
    rest.left,
    contests.rated,
    bundles.bundled,
    together.worked,
    reached.standing,
    reached.undone,
    grades.premised,
    grades.fitting,
    grades.graded,
    grades.told,
    stated.apart,
    parts.in_form,
    supposed.moved,
    supposed.outcome,
    supposed.left_over,
    supposed.unpaid,
    not_yet,
    sided.told,
    goals.fate,
    parts.asked,
    cover.when,
    faults.raised,
    premise.corrected,
    whereabouts.page,
    spent.up,
    scores.apart,
    scores.whole,
    scores.full,
    scores.lost_over,
    scores.lost,
    grounds.asked,
    tabled.labelled,
    stated.happened,
)
"""Roads that know their questions by their own words, whatever kind the plan calls them."""

CLOSING: tuple[Road, ...] = (balance.balanced, sums.listed, sums.counted, sums.sums)
"""Whether a balance, a sum or an equation closes (勾稽)."""

BY_KIND: dict[str, tuple[Road, ...]] = {
    "sum_check": CLOSING,
    "identity": CLOSING,
    "recompute": (checks.recompute,),
    "filter": (columned.picked, ranking.filtered, reached.unfulfilled),
    "extreme": (gaps.widest, tally.spread, columned.picked, over_column.loosely, ranking.extreme, checks.fastest),
    "which": (change.change,),
    "back_solve": (listing.rest_of, remainder.back_solve),
    "share": (sums.part_sum, shares.shared),
    "agree": (checks.agree,),
    "change": (change.change, moves.moved),
    "sum": (sums.part_sum,),
    "per_head": (tally.average, heads.per_head),
    "either": (stated.either,),
    "findings": (stated.found,),
    "why": (moves.moved, grounds.why, grounds.otherwise),
    "where": (whereabouts.venue, whereabouts.where),
    "list": (
        purposes.purposes,
        composition.made_of,
        listing.rest_of,
        listing.listed,
        goals.unmet,
        listed.listed,
    ),
    "narrative": (purposes.purposes, composition.made_of, recomputed.asked, grounds.why),
}
"""Roads by kind of question, tried in order; the plain look-up and the passages come after them."""

LAST: tuple[Road, ...] = (
    figures,
    parts.spoken,
    sections.counted,
    stated.exists,
    tabled.tabled,
    lone.left,
    fallback,
)
"""Roads for what is left: plain figures, titled prose, any table, the nearest sentences."""


def reply_to(planned: Plan, seen: Lens, search: Search | None = None) -> Reply:
    """The first road that leads somewhere; a refusal where none does."""
    for road in (*FIRST, *BY_KIND.get(planned.kind, (composition.made_of,)), *LAST):
        reply = road(planned, seen)
        if reply is not None:
            return reply
    if search is not None and planned.kind in ("list", "narrative"):
        found = narrative.retrieved(planned, seen, search(planned.question))
        if found is not None:
            return found
    if planned.kind in ("why", "list", "narrative", "") and _passage_fits(planned):
        near = narrative.related(planned, seen)
        if near is not None:
            return near
    return refuse.refusal(planned, seen)
