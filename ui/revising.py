"""The memo of a review: shown, changed, kept as it was changed, its new figures checked, exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui import files, render
from ui.memo import to_html
from ui.phrases import Words, words_for
from ui.render import Shape
from ui.scope import named, titles
from ui.swift import gr
from ui.talking import user_of

if TYPE_CHECKING:
    from assistant import Assistant


def filled(assistant: Assistant, report: str, memo: str, user: str, words: Words) -> tuple[Any, ...]:
    """The memo to start from: as this user last changed it, else as it was made now."""
    kept = assistant.store.journal.revision(report, user)
    if kept is None:
        return memo, memo, "", gr.update(visible=False)
    said = words("memo_kept", time=_when(kept.added))
    said += words("memo_outdated") if kept.original != memo else ""
    return kept.text, memo, render.said(said), gr.update(visible=True)


def renewer(assistant: Assistant) -> Any:
    """The memo made anew where findings were decided since it was made."""
    from assistant import HeshuError

    def renewed(report: str | None, state: Shape, request: gr.Request) -> tuple[Any, ...]:
        words = words_for(request)
        if not state.get("stale"):
            return (gr.skip(),) * 5
        try:
            memo = assistant.review_shape(named(assistant, report, words))["memo"]
        except HeshuError as error:
            return gr.skip(), gr.skip(), render.fault(error, words), gr.skip(), gr.skip()
        return *filled(assistant, str(report), memo, user_of(request), words), {**state, "stale": False}

    return renewed


def changer(assistant: Assistant) -> Any:
    """Shows the memo as a reader sees it, and keeps every change, so that no refresh and no restart loses it."""
    from assistant import HeshuError

    def changed(report: str | None, memo: str, original: str, request: gr.Request) -> tuple[Any, ...]:
        words, user = words_for(request), user_of(request)
        preview = to_html(memo)
        if not (report and original):
            return preview, gr.skip(), gr.skip()
        journal = assistant.store.journal
        kept = journal.revision(report, user)
        if memo == (kept.text if kept else original):
            return preview, gr.skip(), gr.skip()
        try:
            journal.revise(named(assistant, report, words), memo, original, owner=user)
        except HeshuError as error:
            return preview, render.fault(error, words), gr.skip()
        revision = journal.revision(report, user)
        said = render.said(words("memo_kept", time=_when(revision.added))) if revision else ""
        return preview, said, gr.update(visible=revision is not None)

    return changed


def dropper(assistant: Assistant) -> Any:
    """Back to the memo as it was made: the change is forgotten."""
    from assistant import HeshuError

    def dropped(report: str | None, original: str, request: gr.Request) -> tuple[Any, ...]:
        words = words_for(request)
        try:
            assistant.store.journal.revise(named(assistant, report, words), "", original, owner=user_of(request))
        except HeshuError as error:
            return gr.skip(), render.fault(error, words), gr.skip()
        return original, "", gr.update(visible=False)

    return dropped


def checker(assistant: Assistant) -> Any:
    """Judges the figures of a memo that was changed by hand."""
    from assistant import HeshuError

    def checked(report: str | None, memo: str, original: str, request: gr.Request) -> str:
        words = words_for(request)
        try:
            return _faults(assistant, named(assistant, report, words), memo, original, words)
        except HeshuError as error:
            return render.fault(error, words)

    return checked


def maker(assistant: Assistant) -> Any:
    """The memo as a file: as reviewed, or as changed by hand, then with what its new figures are worth."""
    from assistant import HeshuError, record_act

    def made(report: str | None, form: str, memo: str, original: str, request: gr.Request) -> tuple[Any, str]:
        words = words_for(request)
        changed = bool(original) and memo.strip() != original.strip() and form in ("md", "docx")
        try:
            id = named(assistant, report, words)
            data = assistant.export(id, form, memo=memo if changed else "")
            said = _faults(assistant, id, memo, original, words) if changed else ""
            name = words("export_memo_name", title={one: title for title, one in titles(assistant)}[id])
        except HeshuError as error:
            return None, render.fault(error, words)
        record_act(assistant, user_of(request), "导出", {"report": id, "form": form, "changed": changed})
        return gr.update(value=files.offered(data, name, form), visible=True), said

    return made


def _faults(assistant: Assistant, report: str, memo: str, original: str, words: Words) -> str:
    """Sentences whose figures are at fault and that heshu did not write itself."""
    given = assistant.verify_shape(memo, [report])
    wrong = [one for one in given["sentences"] if one["verdict"] == "false" and one["text"] not in original]
    if not wrong:
        return render.said(words("memo_sound"))
    return render.said(words("memo_faults", count=len(wrong)), "fault") + render.check({"sentences": wrong}, words)


def _when(added: str) -> str:
    """A time of the journal (UTC) as this machine's clock shows it."""
    from datetime import datetime

    return datetime.fromisoformat(added).astimezone().strftime("%m-%d %H:%M")
