"""What happens in the 问答 tab: a question is asked stage by stage, a chat is opened, left, forgotten, exported."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ui import files, render, scope, sources
from ui.phrases import Words, words_for
from ui.swift import gr

if TYPE_CHECKING:
    from assistant import Assistant

Talk = list[dict[str, Any]]
LONGEST_NAME = 64
"""Of a chat, as the store keeps it."""


PACE = 0.15
"""Seconds between two stages that are shown: quicker ones nobody reads, and each costs the page a redraw."""


def user_of(request: gr.Request) -> str:
    """Who is signed in; empty on a page without users."""
    return str(getattr(request, "username", None) or "")


def begun(question: str, talk: Talk, request: gr.Request) -> tuple[Any, ...]:
    """The question at once in the talk, before it has its turn."""
    if not question.strip():
        return talk, question, ""
    waiting = render.stages([], words_for(request)("chat_begin"))
    return [*talk, _says("user", render.question(question)), _says("assistant", waiting)], "", question


def asker(assistant: Assistant) -> Any:
    """Asks; shows each stage as it comes, then the answer with its first source beside it."""
    from assistant import HeshuError, record_answer

    def asked(
        question: str, departments: list[str], years: list[int], reports: list[str], talk: Talk, chat: str,
        request: gr.Request,
    ) -> Iterator[tuple[Any, ...]]:  # fmt: skip
        words, user = words_for(request), user_of(request)
        keep = [gr.skip()] * 4
        if not question.strip():
            yield gr.skip(), gr.skip(), chat, *keep
            return
        chat = chat if 0 < len(chat) <= LONGEST_NAME else uuid.uuid4().hex
        said = talk[:-1]
        yield [*said, _says("assistant", render.stages([], words("chat_working")))], gr.skip(), chat, *keep
        try:
            chosen = scope.chosen(assistant, departments, years, reports)
            for talked, given in _stages(assistant, question, chosen, chat, user, words):
                if given is None:
                    yield [*said, _says("assistant", talked)], gr.skip(), gr.skip(), *keep
                else:
                    record_answer(assistant, user, given, chat)
                    yield [*said, _says("assistant", talked)], gr.skip(), chat, *sources.opened(render.places(given))
        except HeshuError as error:
            yield [*said, _says("assistant", render.said(str(error), "fault"))], question, chat, *keep

    return asked


def _stages(
    assistant: Assistant, question: str, reports: list[str], chat: str, user: str, words: Words
) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """(HTML, None) while it is worked on; at last (HTML, the answer)."""
    turn = len(assistant.conversations.turns(chat, user))
    shown = 0.0
    told: dict[str, str] = {}
    for event in assistant.ask_stream(question, reports, chat=chat, user=user):
        if "answer" in event:
            yield render.answer(event["answer"], words, turn), event["answer"]
            continue
        told[event["stage"]] = event["text"]
        if time.monotonic() - shown < PACE:
            continue
        shown = time.monotonic()
        yield render.stages(list(told.items()), words("chat_working")), None


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


def lister(assistant: Assistant) -> Any:
    """The chats of whoever asks."""

    def listed(chat: str, request: gr.Request) -> Any:
        return _listed(assistant, request, chat)

    return listed


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


def offerer(assistant: Assistant, chips: int) -> Any:
    """Questions to click on: examples for an empty talk, else ways to go on."""
    from assistant import HeshuError, examples, follow_ups

    def offered(
        chat: str, departments: list[str], years: list[int], reports: list[str], request: gr.Request
    ) -> list[Any]:
        try:
            chosen = scope.chosen(assistant, departments, years, reports)
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
            gr.Warning(render.safe(str(error)))
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
