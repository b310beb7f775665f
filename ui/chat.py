"""The 问答 tab: how it is laid out and what each of its parts sets going (see ui.talking, ui.feedback, ui.sources)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ui import feedback, scope, sources, talking, turns
from ui.phrases import label
from ui.swift import gr

if TYPE_CHECKING:
    from assistant import Assistant

CHIPS = 4
AT_ONCE = 4
"""Questions worked on at the same time; the others see how many are before them."""
WAITING = 64
"""Questions that may wait; one more is asked to come back later."""
PICKED = """
document.addEventListener('click', event => {
  const went = event.target.closest('#talk .go');
  if (!went) return;
  const at = [...went.classList].find(name => name.startsWith('at-'));
  trigger('select', {at});
  document.querySelector('#source')?.scrollIntoView({block: 'nearest', behavior: 'smooth'});
});
"""
"""A click on a figure or a place in the talk, told to the server."""


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of the tab that handlers speak of."""

    scope: scope.Scope
    earlier: Any
    talk: Any
    chips: list[Any]
    question: Any
    panel: sources.Panel
    chat: Any

    line: turns.Line

    @property
    def talked(self) -> list[Any]:
        """What another chat changes."""
        return [self.talk, self.question, self.chat, *self.panel.outputs]


def tab(assistant: Assistant, page: Any, selected: Any) -> None:
    """Draws the tab into `page`; `selected` is the event of its being chosen."""
    chat = gr.BrowserState("", storage_key="heshu-chat", secret="heshu")
    with gr.Row():
        with gr.Column(scale=3, min_width=320):
            with gr.Accordion(label("chat_scope"), open=False, elem_id="chat-scope") as limits:
                chosen = scope.fields(assistant, "chat")
            for field in chosen.fields:
                field.change(scope.teller(assistant), chosen.fields, [limits], show_progress="hidden", queue=False)
            with gr.Row(elem_classes="tools"):
                earlier = gr.Dropdown([], label=label("chat_earlier"), value=None, scale=3, elem_id="earlier")
                fresh = gr.Button(label("chat_fresh"), scale=1, min_width=90)
                forget = gr.Button(label("chat_forget"), scale=1, min_width=90)
            talk = _talk()
            with gr.Row(elem_classes="chips"):
                chips = [
                    gr.Button("", visible=False, size="sm", min_width=60, elem_classes="chip") for _ in range(CHIPS)
                ]
            with gr.Row(elem_classes="asking"):
                question = gr.Textbox(
                    label=label("chat_question"), placeholder=label("chat_placeholder"), max_length=4000, scale=6,
                    max_lines=6, autofocus=True, elem_id="question",
                )  # fmt: skip
                send = gr.Button(label("chat_send"), variant="primary", scale=1, min_width=80)
                stop = gr.Button(label("chat_stop"), scale=1, min_width=80)
            noted = feedback.panel(assistant, talk, chat)
            _export(assistant, chat)
        with gr.Column(scale=2, min_width=320, elem_classes="beside"):
            panel = sources.panel(assistant, "source")
            picked = gr.HTML("", js_on_load=PICKED, elem_id="picked", visible="hidden")
    drawn = Page(chosen, earlier, talk, chips, question, panel, chat, turns.Line(AT_ONCE, WAITING))
    _wire(assistant, drawn, send, stop)
    picked.select(talking.picker(assistant), [chat], panel.outputs, show_progress="hidden")
    fresh.click(talking.fresh, None, [*drawn.talked, earlier, noted]).then(*_offer(assistant, drawn))
    forget.click(talking.forgetter(assistant), [chat], [*drawn.talked, earlier, noted])
    earlier.input(talking.opener(assistant), [earlier], [chat, talk, *panel.outputs]).then(*_offer(assistant, drawn))
    for event in (page.load, selected):
        event(scope.refresher(assistant), chosen.fields, chosen.fields, show_progress="hidden", queue=False)
    page.load(talking.returner(assistant), [chat], [talk, *panel.outputs, earlier]).then(*_offer(assistant, drawn))


def _talk() -> Any:
    return gr.Chatbot(
        label=label("chat_talk"), height="62vh", sanitize_html=True, buttons=["copy", "copy_all"], elem_id="talk",
        latex_delimiters=[], allow_file_downloads=False, feedback_options=("Like", "Dislike"), layout="panel",
        placeholder=str(label("chat_empty")),
    )  # fmt: skip


def _wire(assistant: Assistant, page: Page, send: Any, stop: Any) -> None:
    """Enter, the button and the chips all ask; stop ends whichever is running."""
    ask = talking.asker(assistant, page.line)
    pending, given = gr.State(""), gr.State({})
    inputs = [pending, *page.scope.fields, page.talk, page.chat]
    unseen: dict[str, Any] = {"show_progress": "hidden"}
    sent = [(send.click, page.question), (page.question.submit, page.question)]
    sent += [(chip.click, chip) for chip in page.chips]
    begun = [page.talk, page.question, pending, page.chat]
    asked = [
        event(talking.begun, [text, page.talk, page.chat], begun, queue=False, **unseen).then(
            ask, inputs, [page.talk, given], concurrency_limit=None, concurrency_id="ask", **unseen
        )
        for event, text in sent
    ]
    settle = talking.settler(assistant)
    for one in asked:
        one.then(
            settle, [given, page.chat, page.question], [page.question, *page.panel.outputs, page.earlier], **unseen
        ).then(*_offer(assistant, page), **unseen)
    stop.click(talking.stopped, [page.talk], [page.talk], cancels=asked, queue=False)


def _offer(assistant: Assistant, page: Page) -> tuple[Any, ...]:
    return talking.offerer(assistant, page.line, CHIPS), [page.chat, *page.scope.fields], page.chips


def _export(assistant: Assistant, chat: Any) -> None:
    from assistant import CHAT_FORMS

    with gr.Accordion(label("chat_export"), open=False), gr.Row():
        form = gr.Dropdown(
            [(name, form) for form, name in CHAT_FORMS.items()], value="docx", label=label("export_form")
        )
        make = gr.Button(label("export_make"), min_width=120)
        file = gr.File(label=label("export_file"), interactive=False, visible=False, height=90, elem_id="chat-file")
    make.click(talking.exporter(assistant), [chat, form], [file])
