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
from ingest.terms import basis_of, plain

OFFERED = 4
SHORTEST, LONGEST = 3, 24
"""Characters of a name that is put into a question."""
PATIENCE = 1.5
"""Seconds that trying may take; what was found by then is offered."""


def examples(assistant: Assistant, reports: Sequence[str] = ()) -> tuple[str, ...]:
    """Questions that these reports (all, for none) answer."""
    return _tried(assistant, _candidates("questions"), reports)


def follow_ups(assistant: Assistant, reports: Sequence[str], chat: str, user: str = "") -> tuple[str, ...]:
    """Questions that go on from the last answer of a chat: about what it spoke of, then examples not asked yet."""
    talk = assistant.conversations.turns(chat, user)
    asked = {turn.question for turn in talk}
    name = _name(assistant, talk[-1]) if talk else ""
    about = [one.format(name=name) for one in _candidates("follow_ups")] if name and not basis_of(name) else []
    return _tried(assistant, [one for one in (*about, *_candidates("questions")) if one not in asked], reports, name)


def _name(assistant: Assistant, given: Answer) -> str:
    """What the first figure of an answer is called in its report; empty where it has no name that one would say."""
    for place in (place for figure in given.figures for place in figure.places[:1]):
        if assistant.store.entry(place.report) is None:
            continue
        fact = next((one for one in assistant.store.get(place.report).facts if place in (one.place, *one.also)), None)
        name = plain(fact.subject or fact.measure[-1]) if fact else ""
        if SHORTEST <= len(name) <= LONGEST:
            return name
    return ""


def _tried(assistant: Assistant, candidates: Sequence[str], reports: Sequence[str], name: str = "") -> tuple[str, ...]:
    answered = _answered(assistant, candidates, reports, name)
    return tuple(one for _, one in zip(range(OFFERED), answered, strict=False))


def _answered(assistant: Assistant, candidates: Sequence[str], reports: Sequence[str], name: str) -> Iterator[str]:
    """Candidates that get an answer of their own with nothing at fault, about `name` where they ask for it. No model
    is troubled."""
    road = Road()
    until = time.monotonic() + PATIENCE
    said = set()
    for question in candidates:
        if time.monotonic() > until:
            return
        try:
            given = road.invoke(assistant.request(question, reports, ()))
        except HeshuError:
            return
        sound = not given.refused and not any(one.verdict in BAD for one in given.figures)
        if sound and given.text not in said and (name not in question or name in plain(given.text)):
            said.add(given.text)
            yield question


@cache
def _candidates(kind: str) -> tuple[str, ...]:
    listed = tomllib.loads(files("prompts").joinpath("suggestions.toml").read_text(encoding="utf-8"))
    return tuple(listed[kind])
