"""HTML of a review: what was found, counted and decided, each finding with its evidence, the indicator cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ui.phrases import Words
from ui.render import Shape, safe

SEVERITIES = ("P0", "P1", "P2", "提示")
CARDS = {"computed": "good", "conditional": "doubt", "missing": "bad"}


def summary(outcome: Shape, decisions: Mapping[str, Shape], words: Words) -> str:
    """One line: findings by severity, checks passed, findings decided."""
    counted = Counter(one["severity"] for one in outcome["findings"])
    tiles = [f"{_grade(s, words)} {words(f'severity_{s}')} {counted[s]}" for s in SEVERITIES if counted[s]]
    decided = sum(one["decision"] != "待定" for one in decisions.values())
    rest = words("review_counts", passed=len(outcome["passed"]), decided=decided, all=len(outcome["findings"]))
    return f'<p class="counts" role="status">{"　".join(tiles)}　{rest}</p>'


def _grade(severity: str, words: Words) -> str:
    """The badge of a grade (等级), with what it means."""
    return f'<span class="badge sev-{severity}" title="{words(f"severity_{severity}")}">{severity}</span>'


def findings(found: Sequence[Shape], decisions: Mapping[str, Shape], words: Words, chosen: str | None = None) -> str:
    """The findings as a list to click through; the decision of each beside its title."""
    rows = []
    for one in found:
        decision = decisions.get(one["id"], {}).get("decision", "")
        mark = f'<span class="decided">{words(DECIDED[decision])}</span>' if decision in DECIDED else ""
        here = " chosen" if one["id"] == chosen else ""
        rows.append(
            f'<button type="button" class="finding{here}" data-finding="{safe(one["id"])}">'
            f'{_grade(one["severity"], words)}<span class="title">{safe(one["title"])}</span>{mark}</button>'
        )
    return (
        f'<div class="findings">{"".join(rows)}</div>' if rows else f'<div class="empty">{words("review_none")}</div>'
    )


DECIDED = {"采纳": "review_accepted", "不采纳": "review_rejected", "待定": "review_pending"}


def finding(one: Shape, words: Words) -> str:
    """One finding whole: fact, working, quotations, what is asked for, and on what ground."""
    quotes = "".join(f"<blockquote>{safe(quote)}</blockquote>" for quote in one["quotes"])
    lines = [("review_fact", one["fact"]), ("review_working", one["working"])]
    lines += [("review_request", one["request"]), ("review_basis", one["basis"])]
    body = "".join(f"<p><b>{words(key)}</b>　{safe(text)}</p>" for key, text in lines if text)
    kind = f"{safe(one['category'])}　{safe(one['rule'])}"
    head = f"{_grade(one['severity'], words)} <b>{safe(one['title'])}</b>"
    return (
        f'<div class="whole" data-whole="{safe(one["id"])}"><p>{head}</p>'
        f'<p class="stamp">{kind}</p>{body}{quotes}</div>'
    )


def indicators(cards: Sequence[Shape], words: Words) -> str:
    """The indicator cards: computed, conditional or missing."""
    rows = []
    for one in cards:
        said = f"{one['value']}{one['unit']}" if one["value"] else "；".join(one["missing"])
        status = one["status"]
        state = f'<span class="badge {CARDS[status]}">{words(f"card_{status}")}</span>'
        formula = f'<p class="stamp">{safe(one["formula"])}</p>' if one["formula"] else ""
        premise = f'<p class="stamp">{safe(one["premise"])}</p>' if one["premise"] else ""
        value = f'<p class="value">{safe(said)}</p>'
        rows.append(f'<div class="card"><p>{safe(one["name"])}{state}</p>{value}{formula}{premise}</div>')
    return f'<div class="cards">{"".join(rows)}</div>'


def passed(held: Sequence[Shape], words: Words) -> str:
    """Checks that were made and hold."""
    rows = "".join(f"<li>{safe(one['title'])}　<span class=stamp>{safe(one['working'])}</span></li>" for one in held)
    return f"<details><summary>{words('review_passed', count=len(held))}</summary><ul>{rows}</ul></details>"
