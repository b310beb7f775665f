"""Goals and lines that a sentence holds what was reached against: 未达到45立方米的目标, 低于目标90台, 未达到95%."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.ledger import phrases
from ingest.ledger.pieces import Piece
from ingest.ledger.thread import Claim, Thread, alike, claim_of
from ingest.terms import plain


def aimed(piece: Piece, following: list[Piece], thread: Thread) -> Claim | None:
    """未达到45立方米的目标: the goal of the head, or of what the words before it name."""
    label, aim = phrases.aimed(piece.own, piece.after) or ("", "")
    head = alike(piece, thread) if aim and not label else None
    if not aim or lacking(piece, thread) or not (label or head):
        return None
    whose, subject = (head.measure, head.subject) if head else ((label,), "")
    return replace(claim_of(piece, subject, (*whose, aim), thread, whole=False), aside=True)


_LESS = re.compile("[，,但尚仍均]*[低少]于(?:年初|年度)?(?:目标|计划)(?:值|数)?")


def lacking(piece: Piece, thread: Thread) -> bool:
    """Whether a figure is how much is lacking and no goal, being below what was reached: 1,300万页，少于目标99万页."""
    if not _LESS.fullmatch(plain(piece.own)):
        return False
    unit, level = piece.quantity.unit, alike(piece, thread)
    reached = level is not None and level.quantity.unit == unit and piece.quantity.value < level.quantity.value
    return reached or unit.dimension == "point"
