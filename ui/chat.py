"""The 问答 tab: a conversation whose figures wear verdicts, with the source beside the answer."""

from __future__ import annotations

import json
import uuid
from html import escape
from typing import TYPE_CHECKING, Any

from ui import render

if TYPE_CHECKING:
    from assistant import Assistant

EXAMPLES = (
    "部门整体预算执行率是多少，分母是什么？",
    "哪个项目执行率最低？",
    "“三公”经费比上年增减多少？",
    "报告有哪些问题？",
)
Talk = list[dict[str, str]]


def tab(assistant: Assistant, page: Any) -> Any:
    """Draws the tab; returns the dropdown of reports, so that the library can refresh it."""
    import gradio as gr

    chat = gr.BrowserState("", storage_key="heshu-chat")
    with gr.Row():
        with gr.Column(scale=3, min_width=340):
            with gr.Row():
                chosen = gr.Dropdown(choices=choices(assistant), multiselect=True, label="报告（不选即全部）", scale=3)
                earlier = gr.Dropdown(
                    choices=_chats(assistant), label="以前的对话", value=None, scale=2, elem_id="earlier"
                )
                fresh = gr.Button("新对话", scale=1, min_width=80)
            talk = gr.Chatbot(label="对话", height=460, sanitize_html=True, buttons=["copy"], elem_id="talk")
            question = gr.Textbox(label="问题", placeholder="例如：项目支出预算执行率是多少？", max_length=4000)
            with gr.Row():
                send = gr.Button("提问", variant="primary")
                stop = gr.Button("停止")
            gr.Examples([[one] for one in EXAMPLES], inputs=[question], label="可以这样问")
        with gr.Column(scale=2, min_width=320):
            sources = gr.Radio(choices=[], label="出处：点一个，看原文", visible=False, elem_id="sources")
            shown = gr.HTML(label="原文", elem_id="source")
    ask = _asker(assistant)
    outputs = [talk, question, chat, sources, shown]
    asked = [
        event(ask, [question, chosen, talk, chat], outputs, concurrency_limit=4)
        for event in (send.click, question.submit)
    ]
    listed: list[Any] = [one.then(lambda: gr.update(choices=_chats(assistant)), None, [earlier]) for one in asked]
    stop.click(None, None, None, cancels=listed)
    sources.change(shower(assistant), [sources], [shown])
    fresh.click(lambda: ([], "", "", gr.update(choices=[], visible=False), ""), None, outputs)
    earlier.input(lambda name: (_reopened(assistant, name), name or ""), [earlier], [talk, chat])
    page.load(lambda name: _reopened(assistant, name), [chat], [talk])
    return chosen


def choices(assistant: Assistant) -> list[tuple[str, str]]:
    """(title, id) of every stored report."""
    return [(f"{one['title'] or one['source']}（{one['id'][:6]}）", one["id"]) for one in assistant.reports()]


def _chats(assistant: Assistant) -> list[tuple[str, str]]:
    return [(one["title"][:40], one["chat"]) for one in assistant.chats()]


def _asker(assistant: Assistant) -> Any:
    import gradio as gr

    from assistant import HeshuError

    def asked(question: str, reports: list[str] | None, talk: Talk, chat: str) -> Any:
        if not question.strip():
            yield talk, question, chat, gr.skip(), gr.skip()
            return
        said = [*talk, {"role": "user", "content": escape(question)}]
        yield [*said, {"role": "assistant", "content": "正在查找和核对……"}], "", chat, gr.skip(), gr.skip()
        chat = chat or uuid.uuid4().hex
        try:
            answer = assistant.ask_shape(question, reports or [], chat=chat)
        except HeshuError as error:
            refusal = {"role": "assistant", "content": escape(str(error))}
            yield [*said, refusal], question, chat, gr.skip(), gr.skip()
            return
        said.append({"role": "assistant", "content": render.answer(answer)})
        places = _places(answer)
        first = places[0][1] if places else None
        yield said, "", chat, gr.update(choices=places, value=first, visible=bool(places)), gr.skip()

    return asked


def _places(answer: dict[str, Any]) -> list[tuple[str, str]]:
    """Where the answer comes from: the places of its figures, then of its quotations, each once."""
    listed = [place for figure in answer["figures"] for place in figure["places"]]
    listed += [cited["at"] for cited in answer["citations"]]
    named = {json.dumps(place, ensure_ascii=False): str(place["label"]) for place in listed}
    return [(label, value) for value, label in named.items()]


def shower(assistant: Assistant) -> Any:
    from assistant import HeshuError

    def show(place: str | None) -> str:
        if not place:
            return ""
        try:
            return render.source(assistant.source(json.loads(place)))
        except (HeshuError, ValueError) as error:
            return f"<p>{escape(str(error))}</p>"

    return show


def _reopened(assistant: Assistant, chat: str | None) -> Talk:
    talk: Talk = []
    for given in assistant.chat_shapes(chat) if chat else []:
        talk.append({"role": "user", "content": escape(given["question"])})
        talk.append({"role": "assistant", "content": render.answer(given)})
    return talk
