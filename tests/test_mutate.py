"""Planted errors: each kind writes a sentence that the ledger makes false, and a judge is measured by them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from assistant.answer import Check, Figure, Sentence
from assistant.mutate import measure_mutations, mutation_table, statements
from assistant.plant import Planted, plant
from assistant.statement import bound, is_false, surroundings
from ingest.ledger import facts
from ingest.quantity import quantities
from ingest.reading import Reading
from tests.build import report, table

REPORT = report(
    "# 一、预算执行",
    "2023年年初部门预算1,240.50万元，调整后预算1,318.20万元，支出决算1,290.46万元，其中基本支出832.10万元。",
    "全年培训教师1865人次，比上年增长12.4%。",
    table(
        """单位：万元
        | 项目 | 年初预算数 | 决算数 |
        |---|---|---|
        | 校舍维修 | 312.40 | 298.75 |
        | 教师培训 | 86.20 | 84.13 |
        | 学生资助 | 145.60 | 145.60 |"""
    ),
)
READING = Reading(REPORT, facts(REPORT))


def every(seeds: int = 20) -> list[Planted]:
    """All errors that a number of throws plants in all true sentences of the report."""
    around = surroundings(READING.facts)
    return [
        planted
        for seed in range(seeds)
        for stated in statements(READING)
        for planted in plant(stated, around, Random(seed))
    ]


def test_every_kind_is_planted() -> None:
    """A report of three sentences and a small table is enough for all eleven kinds of error."""
    assert {planted.kind for planted in every()} == {
        *("digit", "digit swap", "decimal shift", "unit slip", "sign", "wrong row", "wrong column"),
        *("stale year", "swapped basis", "rounding", "dropped 其中"),
    }


def test_a_planted_sentence_differs_in_one_place() -> None:
    """Before and after the planted span the true sentence is unchanged."""
    for planted in every():
        assert planted.text != planted.was.text
        if planted.kind != "stale year":
            start, end = planted.span
            assert planted.text[:start] == planted.was.text[:start]
            assert planted.was.text.endswith(planted.text[end:])


def test_an_error_of_value_is_false() -> None:
    """学生资助 has the same budget and outturn: putting one for the other is no error and is not planted."""
    for planted in every():
        assert not (planted.kind == "swapped basis" and "学生资助" in planted.text)


def test_what_the_ledger_says_is_not_false() -> None:
    """A figure that the ledger states of the same label, at the places written, is never taken for an error."""
    around = surroundings(READING.facts)
    fact = next(one for one in READING.facts if one.subject == "教师培训" and "决算" in one.measure[-1])
    assert not is_false(quantities("84.13万元")[0], fact, around)
    assert not is_false(quantities("84.1万元")[0], fact, around)
    assert is_false(quantities("84.2万元")[0], fact, around)
    assert is_false(quantities("86.20万元")[0], fact, around)


def test_a_sentence_that_is_wrong_itself_is_not_turned_right() -> None:
    """较上年90万元增长10% of 81万元 is the report's own mistake; 下降10% would be right and is no planted error."""
    wrong = report("2023年接待费81万元，较上年90万元增长10.0%。")
    around = surroundings(facts(wrong))
    stated = bound("2023年接待费81万元，较上年90万元增长10.0%。", around.facts)
    assert stated is not None
    assert "sign" not in {planted.kind for seed in range(20) for planted in plant(stated, around, Random(seed))}


def test_figures_are_bound_to_their_facts() -> None:
    """Two equal figures of a sentence are two facts, each used once."""
    stated = bound("教师培训86.20万元，校舍维修86.20万元。", READING.facts)
    assert stated is not None
    assert [fact is not None for _, fact in stated.figures] == [True, False]


def test_a_blind_judge_catches_nothing_and_a_cross_one_blames_all() -> None:
    """The score tells catching from blaming: a judge that always says exact, and one that always says conflict."""

    def always(verdict: str) -> object:
        def judge(text: str, readings: Sequence[Reading], *, context: str) -> Check:
            figures = tuple(Figure(one, verdict) for one in quantities(text))  # type: ignore[arg-type]  # two literals
            return Check(figures, (Sentence(text, "unknown", figures),))

        return judge

    blind = measure_mutations([READING], judge=always("exact"))  # type: ignore[arg-type]  # a fake judge
    cross = measure_mutations([READING], judge=always("conflict"))  # type: ignore[arg-type]  # a fake judge
    assert (blind.caught, blind.blamed) == (0, 0)
    assert (cross.caught, cross.blamed) == (cross.planted, cross.true)
    assert blind.planted == cross.planted > 30
    assert "查出率 0.00%" in mutation_table(blind)


def test_the_same_seed_plants_the_same() -> None:
    """Two runs give the same errors, so that two judges can be compared."""
    assert [planted.text for planted in every(2)] == [planted.text for planted in every(2)]
