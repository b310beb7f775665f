"""What the audit log (审计日志) keeps of an answer or a check: question, facts, verdicts, and by what it was made."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from assistant.answer import VERDICT_NAMES
from assistant.assistant import Assistant
from ingest.store.audit import broken

Shape = dict[str, Any]


def record_answer(assistant: Assistant, user: str, answer: Shape, chat: str = "") -> None:
    """Note an answer as it was shown."""
    body = {
        "question": answer["question"],
        "chat": chat,
        "refused": answer["refused"],
        "writer": answer["writer"],
        "stamp": answer["stamp"],
        **_judged(answer["figures"]),
    }
    _record(assistant, user, "问答", body)


def record_check(assistant: Assistant, user: str, text: str, check: Shape) -> None:
    """Note a stranger's text that was checked."""
    _record(assistant, user, "核对", {"text": text, **_judged(check["figures"])})


def record_act(assistant: Assistant, user: str, act: str, what: Shape) -> None:
    """Note an act that changes something: a report read in or removed, a decision, a gold question, a setting."""
    _record(assistant, user, act, what)


def audit_rows(assistant: Assistant, user: str | None = None) -> Shape:
    """`{"rows": […], "broken": number or None}`: all rows, or those of one user, and whether the log is whole."""
    records = assistant.store.audit.records()
    rows = [
        {"number": one.number, "time": one.added, "user": one.owner, "kind": one.kind, **json.loads(one.body)}
        for one in records
        if user is None or one.owner == user
    ]
    return {"rows": rows, "broken": broken(records)}


def _judged(figures: list[Shape]) -> Shape:
    facts = [
        {
            "text": one["text"],
            "verdict": one["verdict"],
            "report": one["places"][0]["report"] if one["places"] else "",
            "places": [place["label"] for place in one["places"]],
        }
        for one in figures
    ]
    return {"facts": facts, "verdicts": dict(Counter(VERDICT_NAMES[one["verdict"]] for one in figures))}


def _record(assistant: Assistant, user: str, kind: str, body: Shape) -> None:
    assistant.store.audit.record(user, kind, json.dumps(body, ensure_ascii=False, sort_keys=True))
