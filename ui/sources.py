"""The source beside the answer: a list of places to step through, and the page or text with the place marked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ui import render, render_source, scope
from ui.phrases import label, words_for
from ui.render import Shape
from ui.swift import gr

if TYPE_CHECKING:
    from assistant import Assistant


@dataclass(frozen=True, slots=True)
class Panel:
    """The parts of the panel; `outputs` is what `opened` fills."""

    places: Any
    back: Any
    forward: Any
    shown: Any
    listed: Any

    @property
    def outputs(self) -> list[Any]:
        return [self.places, self.back, self.forward, self.listed]


def panel(assistant: Assistant, name: str) -> Panel:
    """Draws the panel and wires its steps."""
    with gr.Row(elem_classes="stepper", equal_height=True):
        back = gr.Button("◀", min_width=44, scale=0, interactive=False, elem_id=f"{name}-back")
        places = gr.Dropdown([], label=label("source_places"), scale=8, min_width=180, elem_id=f"{name}-places")
        forward = gr.Button("▶", min_width=44, scale=0, interactive=False, elem_id=f"{name}-forward")
    shown = gr.HTML(render.said(""), elem_id=name, elem_classes="source", min_height=120)
    listed = gr.State([])
    places.change(_shower(assistant), [places], [shown], show_progress="minimal")
    for button, step in ((back, -1), (forward, 1)):
        button.click(_stepper(step), [places, listed], [places], show_progress="hidden", queue=False)
    return Panel(places, back, forward, shown, listed)


def _stepper(step: int) -> Any:
    def stepped(place: str | None, listed: list[str]) -> str | None:
        return listed[(listed.index(place) + step) % len(listed)] if place in listed else None

    return stepped


def opened(listed: Sequence[Shape], at: int = 0) -> tuple[Any, ...]:
    """Updates that put places into the panel and show one of them."""
    values = [(f"{number}. {place['label']}", _value(place)) for number, place in enumerate(listed, 1)]
    several = gr.update(interactive=len(values) > 1)
    shown = values[at][1] if at < len(values) else None
    return gr.update(choices=values, value=shown), several, several, [value for _, value in values]


def _value(place: Shape) -> str:
    return json.dumps(place, ensure_ascii=False)


def _shower(assistant: Assistant) -> Any:
    from assistant import HeshuError

    def show(place: str | None, request: gr.Request) -> str:
        words = words_for(request)
        if not place:
            return f'<div class="empty">{words("source_empty")}</div>'
        try:
            where = json.loads(place)
            title = next((title for title, id in scope.titles(assistant) if id == where.get("report")), "")
            return render_source.source(assistant.source(where), title, words)
        except (HeshuError, ValueError) as error:
            return render.fault(error, words)

    return show
