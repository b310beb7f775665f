"""The figure gate (数字闸门): every figure of a text gets a verdict, sentence by sentence, by label and value.

Pure: no model, no network, no clock; the same text and readings give the same check.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from assistant.answer import BAD, GOOD, Check, Figure, Sentence
from assistant.check.claim import Claim, Said
from assistant.check.compare import compared
from assistant.check.derive import derive
from assistant.check.equations import equations
from assistant.check.judge import Judgement, judge, quoted
from assistant.check.ledger import Ledger, index
from assistant.check.operands import of_claim
from assistant.check.sentences import posed, said
from assistant.check.solve import as_operands, solved
from ingest.reading import Reading

NEAR = 8
"""How many figures back a calculation may reach beyond its own sentence."""


Earlier = tuple[tuple[Claim, Judgement], ...]
"""The figures just before a sentence with their verdicts, for calculations that reach back to them."""


def verify(text: str, readings: Sequence[Reading]) -> Check:
    """Judge every figure of any text against the readings. Spans of figures count in the whole text."""
    return gate(text, readings)


def gate(text: str, readings: Sequence[Reading], used: Sequence[str] = (), context: str = "") -> Check:
    """`verify` for a text whose sources are known.

    `used` are the ids of facts that underlie it: they are preferred where label and value allow.
    `context` is the question it answers: its words help to label figures that the text itself leaves bare.
    """
    ledger = index(readings)
    known = frozenset(used)
    sentences: list[Sentence] = []
    before: Earlier = ()
    for one in said(text, ledger, context):
        sentence, judged = _sentence(one, before, ledger, known)
        sentences.append(sentence)
        before = (*before, *judged)[-NEAR:]
    return Check(tuple(figure for sentence in sentences for figure in sentence.figures), tuple(sentences))


def _sentence(one: Said, before: Earlier, ledger: Ledger, used: frozenset[str]) -> tuple[Sentence, Earlier]:
    found = equations(one.text, [claim.quantity for claim in one.claims], one.span[0])
    as_written = one
    if found:
        one = as_operands(one, found)
    judged = [judge(claim, ledger, used) for claim in one.claims]
    if found:
        judged = solved(one, found, judged)
    while _calculated(one, judged, before, ledger):
        pass
    if not before and judged:
        judged[0] = _answering(one, judged, ledger, used)
    judged = [quoted(claim, judgement, ledger) for claim, judgement in zip(one.claims, judged, strict=True)]
    judged = compared(one, judged, ledger)
    figures = tuple(map(_figure, as_written.claims, judged))
    return Sentence(one.text, truth(figures), figures, one.span), tuple(zip(one.claims, judged, strict=True))


def _calculated(one: Said, judged: list[Judgement], before: Earlier, ledger: Ledger) -> bool:
    """Try calculations on what is still at fault, in place; whether one more figure was explained.

    Only figures that hold, or that stand for the fact their label names, are calculated with.
    """
    doubtful = [at for at, judgement in enumerate(judged) if judgement.verdict in BAD or judgement.open]
    if not doubtful:
        return False
    alone = doubtful[0] if len(doubtful) == 1 else None
    given = [None if n == alone else of_claim(*pair) for n, pair in enumerate(zip(one.claims, judged, strict=True))]
    earlier = [operand for operand in (of_claim(*pair) for pair in before) if operand]
    for at in doubtful:
        claim = one.claims[at]
        # A value that the ledger does hold is not explained by what was itself only calculated from it.
        held = judged[at].open or judged[at].verdict == "basis"
        firm = [None if held and other.verdict == "derived" else given[n] for n, other in enumerate(judged)]
        own = [operand for other, operand in enumerate(firm) if operand and other != at]
        derived = derive(claim, one.text, own, earlier, ledger, judged[at].strong)
        if derived and derived.verdict == "derived":
            judged[at] = derived
            return True
        if derived and judged[at].verdict == "unfounded":
            judged[at] = derived
    return False


def _answering(one: Said, judged: Sequence[Judgement], ledger: Ledger, used: frozenset[str]) -> Judgement:
    """The verdict on a bare figure at fault, read as if it stood where the question asks for it."""
    judgement = judged[0]
    claim = posed(one.claims[0], ledger) if judgement.verdict in BAD or judgement.open else None
    if claim is None:
        return judgement
    asked = judge(claim, ledger, used)
    own = [operand for operand in map(of_claim, one.claims[1:], judged[1:]) if operand]
    derived = None if asked.verdict in GOOD else derive(claim, claim.before, own, (), ledger, asked.strong)
    found = derived or asked
    return found if found.verdict in GOOD else judgement


def truth(figures: Sequence[Figure]) -> Literal["true", "false", "unknown"]:
    """A sentence is true when it has figures and all hold, false when one is at fault."""
    verdicts = {figure.verdict for figure in figures}
    if verdicts & BAD:
        return "false"
    return "true" if verdicts and verdicts <= GOOD else "unknown"


def _figure(claim: Claim, judgement: Judgement) -> Figure:
    facts = [entry.fact for entry in judgement.entries]
    return Figure(
        quantity=claim.quantity,
        verdict=judgement.verdict,
        working=judgement.working,
        facts=tuple([fact.id for fact in facts]),
        places=tuple([fact.place for fact in facts]),
        right=judgement.right,
    )
