"""The 报告库 tab: upload with progress, the list of reports, the tables as read, re-reading, removal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui import render, render_source, scope
from ui.phrases import Words, label, words_for
from ui.swift import gr
from ui.talking import user_of

if TYPE_CHECKING:
    from assistant import Assistant

MOST = 30
"""Files in one upload."""
PICKED = """
element.addEventListener('click', event => {
  const row = event.target.closest('[data-report]');
  if (row) trigger('select', {report: row.dataset.report});
});
"""
CHOSEN = """
report => document.querySelectorAll('#library [data-report]').forEach(
  row => row.classList.toggle('chosen', row.dataset.report === report))
"""


def tab(assistant: Assistant, page: Any, selected: Any) -> None:
    """Draws the tab."""
    files = gr.File(label=label("library_upload"), file_count="multiple", height=160, elem_id="upload")
    outcome = gr.HTML("", elem_id="uploaded")
    listed = gr.HTML("", js_on_load=PICKED, elem_id="library")
    with gr.Row(elem_classes="tools"):
        chosen = gr.Dropdown([], label=label("library_report"), scale=4, value=None, elem_id="library-report")
        look = gr.Button(label("library_tables_view"), scale=1, min_width=110)
        again = gr.Button(label("library_again"), scale=1, min_width=90)
        remove = gr.Button(label("library_remove"), variant="stop", scale=1, min_width=80)
    listed.select(_picked, None, [chosen], show_progress="hidden", queue=False)
    chosen.change(None, [chosen], None, js=CHOSEN)
    with gr.Group(visible=False, elem_id="sure") as sure:
        about = gr.HTML("", elem_classes="padded")
        with gr.Row():
            yes = gr.Button(label("library_sure"), variant="stop", min_width=120)
            no = gr.Button(label("library_not"), min_width=90)
    tables = gr.HTML("", elem_id="tables")
    shown = [listed, chosen]
    refresh = _refresher(assistant)
    files.upload(_adder(assistant), [files], [outcome, files], concurrency_limit=1, show_progress="hidden").then(
        refresh, [chosen], shown
    )
    look.click(_tables(assistant), [chosen], [tables])
    again.click(_reader(assistant), [chosen], [outcome], concurrency_limit=1, concurrency_id="read").then(
        refresh, [chosen], shown
    )
    remove.click(_asker(assistant), [chosen], [sure, about, outcome])
    yes.click(_remover(assistant), [chosen], [outcome, sure, tables]).then(refresh, [chosen], shown)
    no.click(lambda: gr.update(visible=False), None, [sure], queue=False)
    for event in (page.load, selected):
        event(refresh, [chosen], shown, show_progress="hidden")


def _picked(event: gr.EventData) -> str:
    """The report whose row was clicked."""
    return str(event._data.get("report", ""))


def _refresher(assistant: Assistant) -> Any:
    def refreshed(chosen: str | None, request: gr.Request) -> tuple[Any, ...]:
        titles = scope.titles(assistant)
        still = chosen if any(id == chosen for _, id in titles) else None
        return render_source.library(assistant.reports(), words_for(request)), gr.update(choices=titles, value=still)

    return refreshed


def _adder(assistant: Assistant) -> Any:
    """Reads the files one by one; every file ends in a visible state, and shows which stage it is at."""

    def added(paths: list[str] | None, request: gr.Request) -> Iterator[tuple[Any, Any]]:
        words, user = words_for(request), user_of(request)
        given = [Path(path) for path in paths or []]
        states = {number: ("wait", words("upload_waiting")) for number in range(len(given))}
        for number, path in enumerate(given):
            if number >= MOST:
                states[number] = ("bad", words("upload_many", most=MOST))
                continue
            for states[number] in _read(assistant, path, user, words):
                yield _states(given, states, words), gr.skip()
        assistant.follow()
        yield _states(given, states, words), None

    return added


def _read(assistant: Assistant, path: Path, user: str, words: Words) -> Iterator[tuple[str, str]]:
    """The states that one file goes through. Reading runs beside, so that each stage is seen as it comes."""
    from queue import Queue
    from threading import Thread

    from assistant import HeshuError, record_act

    told: Queue[tuple[str, str]] = Queue()

    def work() -> None:
        try:
            data = path.read_bytes()
            entry = assistant.add_bytes(
                data, path.name, lambda stage, done, total: told.put(("work", f"{done}/{total} {stage}"))
            )
            counts = words("upload_counts", **{name: entry[name] for name in ("tables", "facts", "findings")})
            told.put(("good", words("upload_known") if entry["known"] else counts))
            record_act(assistant, user, "读入", {"report": entry["id"], "source": path.name})
        except HeshuError as error:
            told.put(("bad", str(error)))
        except Exception as error:  # noqa: BLE001  # a file of a stranger: whatever goes wrong ends in a visible state
            told.put(("bad", words("upload_failed", error=f"{type(error).__name__}：{error}")))

    yield "work", words("upload_reading")
    Thread(target=work, daemon=True).start()
    while True:
        state = told.get()
        yield state
        if state[0] in ("good", "bad"):
            return


def _states(paths: list[Path], states: dict[int, tuple[str, str]], words: Words) -> str:
    names = {"good": "upload_done", "bad": "upload_not", "work": "upload_working", "wait": "upload_wait"}
    kinds = {"good": "good", "bad": "bad", "work": "doubt", "wait": "calm"}
    rows = [
        f'<div class="state"><span class="badge {kinds[kind]}">{words(names[kind])}</span> '
        f"<b>{render.safe(paths[number].name)}</b>　{render.safe(said)}</div>"
        for number, (kind, said) in states.items()
    ]
    return f'<div role="status">{"".join(rows)}</div>'


def _tables(assistant: Assistant) -> Any:
    from assistant import HeshuError

    def shown(report: str | None, request: gr.Request) -> str:
        words = words_for(request)
        if not report:
            return render.said(words("choose_report"))
        try:
            return render_source.tables(assistant.tables(report)["tables"], words)
        except HeshuError as error:
            return render.fault(error, words)

    return shown


def _reader(assistant: Assistant) -> Any:
    from assistant import HeshuError, record_act

    def again(report: str | None, request: gr.Request) -> str:
        words = words_for(request)
        if not report:
            return render.said(words("choose_report"))
        try:
            entry = assistant.read_again(report)
        except HeshuError as error:
            return render.fault(error, words)
        record_act(assistant, user_of(request), "重读", {"report": report})
        counts = words("upload_counts", **{name: entry[name] for name in ("tables", "facts", "findings")})
        return f'<div role="status"><span class="badge good">{words("upload_done")}</span> {counts}</div>'

    return again


def _asker(assistant: Assistant) -> Any:
    def sure(report: str | None, request: gr.Request) -> tuple[Any, ...]:
        words = words_for(request)
        name = next((title for title, id in scope.titles(assistant) if id == report), None)
        if name is None:
            return gr.update(visible=False), "", render.said(words("choose_report"))
        return gr.update(visible=True), words("library_asked", name=render.safe(name)), ""

    return sure


def _remover(assistant: Assistant) -> Any:
    from assistant import HeshuError, record_act

    def removed(report: str | None, request: gr.Request) -> tuple[Any, ...]:
        words = words_for(request)
        try:
            said = words("library_removed", id=assistant.remove(report or "")[:8])
            record_act(assistant, user_of(request), "删除", {"report": report})
        except HeshuError as error:
            said = str(error)
        assistant.follow()
        return render.said(said), gr.update(visible=False), ""

    return removed
