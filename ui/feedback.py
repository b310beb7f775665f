"""Feedback on an answer: 👍 or 👎, a correction, and after confirmation a gold question of the data folder."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from ui import render
from ui.phrases import label, words_for
from ui.render import Shape
from ui.swift import gr

if TYPE_CHECKING:
    from assistant import Assistant

_TURN = re.compile(r"\bturn-(\d+)\b")


def panel(assistant: Assistant, talk: Any, chat: Any) -> Any:
    """Draws the panel, shown once an answer is judged; returns its group."""
    about = gr.State({})
    with gr.Group(visible=False, elem_id="feedback") as noted:
        asked = gr.HTML("", elem_classes="padded")
        right = gr.Textbox(label=label("feedback_right"), lines=3, max_length=2000)
        evidence = gr.Textbox(label=label("feedback_evidence"), lines=2, max_length=4000)
        answerable = gr.Checkbox(label=label("feedback_answerable"), value=True)
        with gr.Row():
            preview = gr.Button(label("feedback_preview"), min_width=120)
            confirm = gr.Button(label("feedback_confirm"), variant="primary", interactive=False, min_width=120)
            cancel = gr.Button(label("feedback_cancel"), min_width=90)
        outcome = gr.HTML("", elem_id="feedback-outcome", elem_classes="padded")
    filled = [about, asked, right, evidence, answerable, outcome, confirm]
    talk.like(_judged(assistant), [chat], [noted, *filled], show_progress="hidden")
    corrected = [about, right, evidence, answerable]
    preview.click(_previewer(assistant), corrected, [outcome, confirm])
    confirm.click(_confirmer(assistant), corrected, [outcome, confirm])
    cancel.click(lambda: gr.update(visible=False), None, [noted], queue=False)
    return noted


def _judged(assistant: Assistant) -> Any:
    from assistant import record_act

    def judged(chat: str, event: gr.LikeData, request: gr.Request) -> tuple[Any, ...]:
        words = words_for(request)
        user = str(request.username or "")
        found = _TURN.search(str(event.value))
        turns = assistant.chat_shapes(chat, user) if chat and found else []
        at = int(found[1]) if found else 0
        if at >= len(turns):
            return (gr.skip(),) * 8
        given = turns[at]
        record_act(assistant, user, "反馈", {"question": given["question"], "liked": bool(event.liked), "chat": chat})
        title = words("feedback_liked" if event.liked else "feedback_disliked")
        said = f"<b>{title}</b>　{render.safe(given['question'])}"
        quotes = "\n".join(cited["quote"] for cited in given["citations"])
        first = given["answer"] if event.liked else ""
        return (
            gr.update(visible=True), {"chat": chat, "turn": at}, said, first, quotes, not given["refused"], "",
            gr.update(interactive=False),
        )  # fmt: skip

    return judged


def _previewer(assistant: Assistant) -> Any:
    from assistant import HeshuError

    def previewed(about: Shape, right: str, evidence: str, answerable: bool, request: gr.Request) -> tuple[Any, ...]:
        words = words_for(request)
        try:
            made = _made(assistant, about, right, evidence, answerable, request)
        except HeshuError as error:
            return render.fault(error, words), gr.update(interactive=False)
        shown = render.safe(json.dumps(made, ensure_ascii=False, indent=1))
        return f"<p>{words('feedback_look')}</p><pre>{shown}</pre>", gr.update(interactive=True)

    return previewed


def _confirmer(assistant: Assistant) -> Any:
    from assistant import HeshuError, record_act

    def confirmed(about: Shape, right: str, evidence: str, answerable: bool, request: gr.Request) -> tuple[Any, ...]:
        from assistant import add_gold

        words = words_for(request)
        try:
            made = _made(assistant, about, right, evidence, answerable, request)
            path = add_gold(assistant, made)
        except HeshuError as error:
            return render.fault(error, words), gr.update(interactive=False)
        record_act(assistant, str(request.username or ""), "金标", made)
        return render.said(words("feedback_added", file=path.name)), gr.update(interactive=False)

    return confirmed


def _made(
    assistant: Assistant, about: Shape, right: str, evidence: str, answerable: bool, request: gr.Request
) -> Shape:
    from assistant import gold_question

    given = assistant.chat_shapes(about["chat"], str(request.username or ""))[about["turn"]]
    return gold_question(assistant, given, right, evidence.splitlines(), answerable)
