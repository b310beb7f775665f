"""What happens in the 问答 tab: a question is asked stage by stage, a chat is opened, left, forgotten, exported."""

from __future__ import annotations

import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from ui import files, render, scope, sources, turns
from ui.phrases import Words, words_for
from ui.render import Shape
from ui.swift import gr

if TYPE_CHECKING:
    from assistant import Assistant

Talk = list[Shape]
LONGEST_NAME = 64
"""Of a chat, as the store keeps it."""


PACE = 0.15
"""Seconds between two stages that are shown: quicker ones nobody reads, and each costs the page a redraw."""


def user_of(request: gr.Request) -> str:
    """Who is signed in; empty on a page without users."""
    return str(getattr(request, "username", None) or "")


def begun(question: str, talk: Talk, chat: str, request: gr.Request) -> tuple[Any, ...]:
    """The question at once in the talk, before it has its turn; and the chat that it joins."""
    chat = chat if 0 < len(chat) <= LONGEST_NAME else uuid.uuid4().hex
    if not question.strip():
        return talk, question, "", chat
    waiting = render.stages([], words_for(request)("chat_begin"))
    return [*talk, _says("user", render.question(question)), _says("assistant", waiting)], "", question, chat


def asker(assistant: Assistant, line: turns.Line) -> Any:
    """Asks when its turn comes: how many are before it, each stage as it comes, the answer; and what to open then."""
    from assistant import HeshuError

    async def asked(
        question: str, departments: list[str], years: list[int], reports: list[str], talk: Talk, chat: str,
        request: gr.Request,
    ) -> AsyncIterator[tuple[Talk, Shape]]:  # fmt: skip
        words, user = words_for(request), user_of(request)
        if not question.strip():
            yield talk, {}
            return
        said = talk[:-1]
        try:
            async with aclosing(line.ahead()) as before:
                async for ahead in before:
                    yield [*said, _says("assistant", render.stages([], words("chat_ahead", count=ahead)))], {}
            async with line.work():
                yield [*said, _says("assistant", render.stages([], words("chat_working")))], {}
                work = _stages(assistant, question, (departments, years, reports), chat, user, words)
                async with aclosing(turns.stepping(work)) as steps:
                    async for talked, places in steps:
                        yield [*said, _says("assistant", talked)], {"places": places}
        except turns.TooMany:
            yield [*said, _says("assistant", render.said(words("chat_full"), "fault"))], {"unanswered": question}
        except HeshuError as error:
            yield [*said, _says("assistant", render.fault(error, words))], {"unanswered": question}

    return asked


def _stages(
    assistant: Assistant, question: str, limits: scope.Limits, chat: str, user: str, words: Words
) -> Iterator[tuple[str, list[Shape]]]:
    """The HTML of each stage worth showing, at last that of the answer with its places."""
    from assistant import record_answer

    reports = scope.chosen(assistant, limits, words)
    turn = len(assistant.conversations.turns(chat, user))
    shown = 0.0
    told: dict[str, str] = {}
    for event in assistant.ask_stream(question, reports, chat=chat, user=user):
        if "answer" in event:
            given = event["answer"]
            record_answer(assistant, user, given, chat)
            yield render.answer(given, words, turn), render.places(given)
            continue
        told[event["stage"]] = event["text"]
        if time.monotonic() - shown < PACE:
            continue
        shown = time.monotonic()
        yield render.stages(list(told.items()), words("chat_working")), []


def settler(assistant: Assistant) -> Any:
    """After an answer: its first source beside it, the list of chats; after a refusal the question to change."""

    def settled(given: Shape, chat: str, typed: str, request: gr.Request) -> tuple[Any, ...]:
        question = typed or given.get("unanswered", "")
        return question, *sources.opened(given.get("places", ())), _listed(assistant, request, chat)

    return settled


def stopped(talk: Talk, request: gr.Request) -> Talk:
    """The talk after a stop: the answer that was under way says so."""
    if not talk or talk[-1]["role"] != "assistant" or 'class="stages"' not in str(talk[-1]["content"]):
        return talk
    return [*talk[:-1], _says("assistant", render.said(words_for(request)("chat_stopped")))]


def picker(assistant: Assistant) -> Any:
    """A click on a figure or place of any answer in the talk opens its source."""

    def picked(chat: str, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        _, turn, number = str(event._data.get("at", "at-0-0")).split("-")
        turns = assistant.chat_shapes(chat, user_of(request)) if chat else []
        if not (turn.isdecimal() and number.isdecimal() and int(turn) < len(turns)):
            return (gr.skip(),) * 4
        return sources.opened(render.places(turns[int(turn)]), int(number))

    return picked


def opener(assistant: Assistant) -> Any:
    """Opens an earlier chat."""

    def opened(name: str | None, request: gr.Request) -> tuple[Any, ...]:
        return name or "", *_reopened(assistant, name or "", request)

    return opened


def returner(assistant: Assistant) -> Any:
    """The chat that this browser had open, after a refresh or a restart; and the list of chats."""

    def returned(chat: str, request: gr.Request) -> tuple[Any, ...]:
        return *_reopened(assistant, chat, request), _listed(assistant, request, chat)

    return returned


def fresh() -> tuple[Any, ...]:
    """A new chat."""
    return [], "", "", *sources.opened([]), None, gr.update(visible=False)


def forgetter(assistant: Assistant) -> Any:
    """Removes the chat that is open."""

    def forgotten(chat: str, request: gr.Request) -> tuple[Any, ...]:
        if chat:
            assistant.forget(chat, user_of(request))
        return [], "", "", *sources.opened([]), _listed(assistant, request, ""), gr.update(visible=False)

    return forgotten


def offerer(assistant: Assistant, line: turns.Line, chips: int) -> Any:
    """Questions to click on: examples for an empty talk, else ways to go on. They are tried first: none while
    somebody waits for an answer."""
    from assistant import HeshuError

    def offered(
        chat: str, departments: list[str], years: list[int], reports: list[str], request: gr.Request
    ) -> list[Any]:
        from assistant import examples, follow_ups

        try:
            if not line.idle:
                return [gr.update(visible=False)] * chips
            chosen = scope.chosen(assistant, (departments, years, reports), words_for(request))
            user = user_of(request)
            going = bool(chat) and bool(assistant.conversations.turns(chat, user))
            offers = follow_ups(assistant, chosen, chat, user) if going else examples(assistant, chosen)
        except HeshuError:
            offers = ()
        shown = [gr.update(value=text, visible=True) for text in offers[:chips]]
        return shown + [gr.update(visible=False)] * (chips - len(shown))

    return offered


def exporter(assistant: Assistant) -> Any:
    """The open chat as a file."""
    from assistant import HeshuError

    def exported(chat: str, form: str, request: gr.Request) -> Any:
        words = words_for(request)
        if not chat:
            gr.Warning(words("chat_nothing"))
            return None
        try:
            data = assistant.export_chat(chat, form, user_of(request))
            return gr.update(value=files.offered(data, words("export_chat_name"), form), visible=True)
        except HeshuError as error:
            gr.Warning(render.fault(error, words))
            return None

    return exported


def _reopened(assistant: Assistant, chat: str, request: gr.Request) -> tuple[Any, ...]:
    words = words_for(request)
    turns = assistant.chat_shapes(chat, user_of(request)) if chat else []
    talk: Talk = []
    for turn, given in enumerate(turns):
        talk.append(_says("user", render.question(given["question"])))
        talk.append(_says("assistant", render.answer(given, words, turn)))
    return talk, *sources.opened(render.places(turns[-1]) if turns else [])


def _listed(assistant: Assistant, request: gr.Request, chat: str) -> Any:
    chats = [(one["title"][:40], one["chat"]) for one in assistant.chats(user_of(request))]
    return gr.update(choices=chats, value=chat if any(name == chat for _, name in chats) else None)


def _says(role: str, html: str) -> dict[str, Any]:
    return {"role": role, "content": html}
