"""A language model words a finding's judgement better (润色判定语): figures and quotations stay behind slots.

What it writes is taken only where every slot stands once, no figure of its own is added and no word of direction or
blame changes; any failure leaves the words as they were.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Finding
from assistant.harmless import harmless
from assistant.model import Spoken, ask_model, open_model
from assistant.settings import Settings
from assistant.slots import SLOT
from ingest.errors import BadInput, Unavailable
from ingest.quantity import quantities
from prompts import load

MOST = 12
"""Findings sent to the model: the gravest; the rest keep their words."""
LONGER = 40
"""Characters by which the new words may be longer than the old."""
_QUOTED = re.compile(r"“(?:[^“”]|“[^“”]*”)+”|《[^《》]+》")
_WATCHED = re.compile(
    r"增[加长]|减少|下降|上升|大于|小于|高于|低于|超[过出]|不足|少于|多于|未|不|无|没有|造假|隐瞒|弄虚作假|失职|违规|违纪|正确|错误|有误"
)
"""Words of direction, denial and blame: which of them a sentence holds must not change."""
_ROLE = re.compile(
    r"本年|上年|年初|年末|调整后|预算|支出|收入|决算|正文|表中|合计|总数|所列|报告|目标|结果|分值|得分|执行率|编制|其中|另|一处"
)
"""Words that say what a figure is: in front of each slot they must stay."""


@dataclass(frozen=True, slots=True)
class Polisher:
    """A model that may word judgements: how it is asked, which raises Unavailable, and its name."""

    ask: Callable[[Sequence[tuple[str, str]]], Spoken]
    name: str

    def polish(self, findings: Sequence[Finding]) -> tuple[tuple[Finding, ...], str]:
        """The findings with better words where the model gave any that hold, and what to say of it in the memo."""
        made: list[Finding] = []
        tried = taken = 0
        reason = ""
        for finding in findings:
            if tried < MOST and finding.fact and finding.severity in ("P0", "P1") and not reason:
                tried += 1
                try:
                    worded = self._worded(finding)
                except Unavailable as error:
                    reason = str(error)
                    worded = None
                taken += worded is not None
                made.append(replace(finding, fact=worded) if worded is not None else finding)
            else:
                made.append(finding)
        if reason:
            return tuple(findings), f"语言模型没有润色（{reason}），判定语由规则给出。"
        return tuple(made), f"部分判定语由{self.name}润色，数字和引文由系统填入并经核对。" if taken else ""

    def _worded(self, finding: Finding) -> str | None:
        masked, held = _slotted(finding.fact)
        messages = load("comment").fill(title=_slotted(finding.title)[0], fact=masked)
        draft = harmless(self.ask(messages).draft.answer).strip()
        return _filled(draft, masked, held)


def _slotted(text: str) -> tuple[str, dict[str, str]]:
    """The text with quotations and figures behind slots, and what stands behind each."""
    spans = [match.span() for match in _QUOTED.finditer(text)]
    spans += [q.span for q in quantities(text) if not any(a <= q.span[0] < b for a, b in spans)]
    held: dict[str, str] = {}
    pieces: list[str] = []
    at = 0
    for start, end in sorted(spans):
        name = f"N{len(held) + 1}"
        held[name] = text[start:end]
        pieces += [text[at:start], "{{" + name + "}}"]
        at = end
    return "".join((*pieces, text[at:])), held


def _roles(text: str) -> list[tuple[str, frozenset[str]]]:
    """Each slot in order, with the words in front of it that say what it is."""
    found = []
    at = 0
    for match in SLOT.finditer(text):
        found.append((match[1], frozenset(_ROLE.findall(text[at : match.start()]))))
        at = match.end()
    return found


def _filled(draft: str, masked: str, held: dict[str, str]) -> str | None:
    """The draft with its slots filled; None where it breaks a rule."""
    words = SLOT.sub("", draft)
    same = sorted(_WATCHED.findall(words)) == sorted(_WATCHED.findall(SLOT.sub("", masked)))
    if not same or not words.strip() or "\n" in draft:
        return None
    if _roles(draft) != _roles(masked):
        return None
    if re.search(r"\d|[“”{}|*`#]", words) or quantities(words) or len(draft) > len(masked) + LONGER:
        return None
    return SLOT.sub(lambda match: held[match[1]], draft)


def polisher(settings: Settings) -> Polisher:
    """The language model of the settings as an editor. Raises BadInput where none is configured."""
    if not settings.model:
        raise BadInput("润色要有语言模型，请先设 HESHU_MODEL；不润色也能复核。")
    model, seconds = open_model(settings), settings.model_timeout
    return Polisher(lambda messages: ask_model(model, messages, seconds), settings.model)
