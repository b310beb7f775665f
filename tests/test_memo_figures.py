"""The memo passes its own figure gate: every figure has a place, a working, a list it counts, or a setting."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Review
from assistant.review import review
from assistant.review.profile import national
from assistant.review.rule import issue
from assistant.review.tracing import Line, Tracer
from ingest.ledger import facts
from ingest.read import read
from ingest.reading import Reading
from tests.build import table
from tests.review_pages import reading

STRANGE = Path(__file__).parent / "strange"
REPORTS = sorted(path for path in STRANGE.iterdir() if path.suffix in (".html", ".txt", ".docx", ".pdf"))
TABLE = table(
    "单位：万元\n| 项目名称 | 预算数 | 执行数 | 执行率 |\n"
    "| 校车购置 | 150.00 | 118.50 | 79.00% |\n| 合计 | 150.00 | 118.50 | 79.00% |",
    caption="表1 项目支出情况表",
)
PAGE = reading("# 一、支出情况", "全年支出118.50万元。", TABLE)
FOUND = replace(
    issue(
        "P1",
        "“校车购置”执行率79.00%",
        "预算150.00万元，支出118.50万元。",
        "118.50万元÷150.00万元＝79.00%。",
        places=tuple(fact.place for fact in PAGE.facts if fact.place.table),
    ),
    id="E01-000000",
)


def kinds(text: str, counts: tuple[int, ...] = (), found: object = FOUND) -> list[str]:
    """What confirms each figure of one line about the finding above."""
    line = Line(text, found, counts)  # type: ignore[arg-type]
    return [traced.kind for traced in Tracer((PAGE,), national()).trace([line])]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("原文：“全年支出118.50万元。”", "quoted"),
        ("预算150.00万元", "stated"),
        ("预算150万元", "stated"),
        ("执行率低于90%", "setting"),
        ("共3项", "counted"),
        ("预算151.00万元", "untraced"),
        ("原文：“全年支出181.50万元。”", "untraced"),
        ("共4项", "untraced"),
        ("预算150.00亿元", "untraced"),
    ],
)
def test_what_confirms_a_figure(text: str, kind: str) -> None:
    """A quotation must stand in the report, a count must be the memo's own, a unit may not slip."""
    assert kinds(text, (3,)) == [kind]


def test_a_working_is_worked_out_again() -> None:
    """79.00 % follows from the two amounts; 97.00 % does not, nor does anything from an amount that is not there."""
    right = replace(FOUND, title="", working="150.00万元－118.50万元＝31.50万元")
    assert kinds("未执行31.50万元", found=right) == ["worked"]
    wrong = replace(FOUND, title="", working="150.00万元－118.50万元＝31.60万元")
    assert kinds("未执行31.60万元", found=wrong) == ["untraced"]
    alien = replace(FOUND, title="", working="160.00万元－118.50万元＝41.50万元")
    assert kinds("未执行41.50万元", found=alien) == ["untraced"]


def test_an_unconfirmed_figure_is_marked_in_the_memo() -> None:
    """A reviewer's own note is printed, and a figure in it that nothing confirms says so."""
    made = review(PAGE)
    found = next(one for one in made.findings if one.severity in ("P0", "P1"))

    class Noted:
        finding, decision, note = found.id, "accept", "财政核定为777.77万元"

    memo = review(PAGE, decisions=(Noted(),)).memo
    assert "777.77万元〔未核〕" in memo


def confirmed(made: Review) -> None:
    assert made.figures
    assert [made.memo[max(one.span[0] - 30, 0) : one.span[1]] for one in made.figures if one.kind == "untraced"] == []
    assert all(made.memo[one.span[0] : one.span[1]] == one.text for one in made.figures)
    assert sum(bool(one.places) for one in made.figures) >= 0.95 * len(made.figures)


def opened(path: Path) -> Reading:
    report = read(path)
    return Reading(report, facts(report))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_every_figure_of_a_memo_is_confirmed(path: Path) -> None:
    """All of them, and at least 95 % carry the address of a cell or a line."""
    confirmed(review(opened(path)))


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["chenghu-edu-2022.docx", "chenghu-edu-2023.docx", "pingshan-sti-2021.txt", "qingtan-health-2022.html"]
)
def test_every_figure_of_a_samples_memo_is_confirmed(shared: Path, name: str) -> None:
    """The same on the long samples with their planted defects."""
    confirmed(review(opened(shared / "reports" / name)))
