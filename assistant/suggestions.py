"""Questions that the page offers (可以这样问): tried first, so that a click on one is never a dead end."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from assistant.answer import BAD, Answer
from assistant.assistant import Assistant
from assistant.chain import Road
from ingest.errors import HeshuError

OFFERED = 4
PATIENCE = 1.5
"""Seconds that trying may take; what was found by then is offered."""


def examples(assistant: Assistant, reports: Sequence[str] = ()) -> tuple[str, ...]:
    """Questions that these reports (all, for none) answer."""
    return _tried(assistant, _candidates("questions"), reports, ())


def follow_ups(assistant: Assistant, reports: Sequence[str], chat: str, user: str = "") -> tuple[str, ...]:
    """Questions that go on from the last answer of a chat."""
    talk = assistant.conversations.turns(chat, user)
    asked = {turn.question for turn in talk}
    return _tried(assistant, [one for one in _candidates("follow_ups") if one not in asked], reports, talk)


def _tried(
    assistant: Assistant, candidates: Sequence[str], reports: Sequence[str], talk: Sequence[Answer]
) -> tuple[str, ...]:
    return tuple(one for _, one in zip(range(OFFERED), _answered(assistant, candidates, reports, talk), strict=False))


def _answered(
    assistant: Assistant, candidates: Sequence[str], reports: Sequence[str], talk: Sequence[Answer]
) -> Iterator[str]:
    """Candidates that get an answer with nothing at fault, and not one that stands already. No model is troubled."""
    road = Road()
    until = time.monotonic() + PATIENCE
    said = {talk[-1].text} if talk else set()
    for question in candidates:
        if time.monotonic() > until:
            return
        try:
            given = road.invoke(assistant.request(question, reports, talk))
        except HeshuError:
            return
        if not given.refused and given.text not in said and not any(one.verdict in BAD for one in given.figures):
            said.add(given.text)
            yield question


@cache
def _candidates(kind: str) -> tuple[str, ...]:
    listed = tomllib.loads(files("prompts").joinpath("suggestions.toml").read_text(encoding="utf-8"))
    return tuple(listed[kind])
