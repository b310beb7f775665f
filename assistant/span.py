"""What a question over several reports asks (跨部门、跨年度): of which departments and years, what, and to what end.

Reads words only; whether the reports can answer is found out later.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from assistant import ends
from assistant.builtin.question.bodies import called, mentioned
from ingest.hedges import hedge_of
from ingest.quantity import Quantity, quantities
from ingest.reading import Reading

Key = tuple[str, int | None]
"""Department and year of a column."""
_YEAR = re.compile(r"(20\d\d)年?度?")
_JOIN = r"(?:以及|相比|对比|比较|之间|[和与跟同及或比较、在从到的都中里间，,])"
_BEHIND = ("的", "里", "中")
_AGAINST = re.compile(r"(?:相比|比较|(?<![占同])比|较|[和与跟同及在、])$")
_THAN = re.compile(r"(?:[与和跟同]|相?比|较)20\d\d年?度?")
"""比2022年: a year that another one is compared with."""
_GAP = re.compile(r"((?:谁|哪)[^，,]*)[，,](?:相差|高出|多出|[多高少低差])了?(?:多少|几)[^，,。？?]*")
"""谁的在职人员多，多几个人: by how much is told of the figures; it names none."""
LONGEST = 5
"""Characters of the longest word that makes a figure a bound."""
CLAUSE = re.compile(r"[，,。；;？?！!]")


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound that a question sets (高于85%), with the words for it."""

    text: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Span:
    """A question that several departments or years are to answer together."""

    columns: dict[Key, tuple[Reading, ...]]
    lacking: tuple[Key, ...]
    """Columns that are asked for by name and of which no report is stored."""
    cores: dict[Key, str]
    """The measure asked of each column, in the question's words; empty where it is no one measure."""
    rest: str
    """The question without departments, years and the words that say which reports are meant."""
    wants: str
    """each, bound, times, order, sum, highest, lowest, change, same, fair."""
    over_time: bool
    """Of one department in several years."""
    bound: Bound | None = None
    """What the figures are held against: 高于85%."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the question behind the departments and years that it names."""

    departments: tuple[str, ...]
    years: tuple[int, ...]
    text: str
    each: bool
    """Every department stands with a year of its own: 水利局2022年与体育局2023年."""


@cache
def words() -> dict[str, Any]:
    """The data file of ways to ask."""
    return tomllib.loads(files("assistant").joinpath("several.toml").read_text(encoding="utf-8"))


@cache
def _looks(table: str, key: str) -> re.Pattern[str]:
    return re.compile("|".join(words()[table][key]))


@cache
def _edges() -> tuple[re.Pattern[str], re.Pattern[str]]:
    around = words()["around"]
    return re.compile(f"^(?:{'|'.join(around['head'])})"), re.compile(f"(?:{'|'.join(around['tail'])})$")


def groups(readings: Sequence[Reading]) -> dict[str, list[Reading]]:
    """Readings by department; one without a department is its own."""
    found: dict[str, list[Reading]] = {}
    for reading in readings:
        found.setdefault(reading.report.department or reading.report.title or reading.report.id, []).append(reading)
    return found


def across(question: str) -> bool:
    """Whether a question is about departments as such (哪个部门, 两个局, 三份报告)."""
    return bool(_looks("scope", "departments").search(question) or _looks("scope", "reports").search(question))


def span(question: str, readings: Sequence[Reading]) -> Span | None:
    """The columns that a question spans with what it asks of them; None where one report alone is meant."""
    held = groups(readings)
    named = [name for name in held if mentioned(name, question)]
    wide = across(question) and not named and len(held) > 1
    asked = {int(year) for year in _YEAR.findall(question)}
    over = bool(_looks("scope", "years").search(question))
    chosen = named or list(held)
    if not named and not wide:
        chosen = [name for name in held if _spans(held[name], asked, over, question)]
    if len(chosen) > 1 and _moved(question):
        return _each_moved(question, {name: held[name] for name in chosen})
    parts = list(_parts(_GAP.sub(r"\1", question), list(held)))
    keys = _paired(parts, chosen) or [key for name in chosen for key in _keys(name, held[name], asked, over, question)]
    stored = {key: tuple(one for one in held[key[0]] if one.report.year == key[1]) for key in keys}
    columns = {key: own for key, own in stored.items() if own}
    lacking = tuple(key for key, own in stored.items() if not own and key[0] in named)
    if not columns or len(columns) + len(lacking) < 2:
        return None
    rest = _alone(_stripped("".join(part.text for part in parts)))
    over_time = len({name for name, _ in columns}) == 1
    level, bound = _level(question)
    if bound is not None and (cores := _cores(list(_parts(level, list(held))), list(columns))):
        return Span(columns, lacking, cores, rest, "bound", over_time, bound)
    cores = _cores(parts, list(columns))
    wants = _wants(question, cores.values())
    if wants == "same" and over_time:
        cores = ends.opened(cores, question) or ends.carried(cores)
    return Span(columns, lacking, cores, rest, wants, over_time)


def _moved(question: str) -> bool:
    """Whether a change is asked for that each department has of its own: 比上年减少多少, 增长最快的."""
    return any(_looks("scope", key).search(question) for key in ("moved", "last")) and bool(
        _looks("scope", "moves").search(question)
    )


def _each_moved(question: str, held: dict[str, list[Reading]]) -> Span:
    """Every department's own answer to such a question: of levels nothing is made that was asked of changes."""
    for name in held:
        question = question.replace(mentioned(name, question) or "\0", "")
    clauses = [_looks("scope", "departments").sub("", one) for one in re.split("[，,？?]", question)]
    rest = next((one for one in map(_stripped, clauses) if _looks("scope", "moves").search(one)), question)
    rest = re.sub("各自?|分别", "", _looks("scope", "moved").sub("多少", rest))
    if not _looks("scope", "last").search(rest):
        rest = _looks("scope", "moves").sub(lambda found: f"比上年{found[0]}", rest, count=1)
    years = {name: max((one.report.year or 0 for one in own), default=0) or None for name, own in held.items()}
    columns = {(name, years[name]): tuple(own) for name, own in held.items()}
    return Span(columns, (), {}, f"{rest}？", "each", over_time=False)


def _level(question: str) -> tuple[str, Bound | None]:
    """哪些部门的控制率高于85%: the question without the bound that it sets, and that bound."""
    found = next((one for one in quantities(question) if one.relation in ("<", ">", "≤", "≥")), None)
    if found is None:
        return question, None
    start, end = found.span
    start -= next((size for size in range(LONGEST, 0, -1) if hedge_of(question[start - size : start])), 0)
    end += next((size for size in range(LONGEST, 0, -1) if hedge_of(question[end : end + size])), 0)
    before = re.sub("(?:[都均](?:是|为)?)?(?:达到?|在)?$", "", question[:start])
    return before + question[end:], Bound(question[start:end], found)


def _spans(readings: Sequence[Reading], asked: set[int], over: bool, question: str) -> bool:
    """Whether a department that is not named has the years that a question speaks of."""
    years = {one.report.year for one in readings if one.report.year}
    if _looks("scope", "last").search(question):
        latest = max(asked or years, default=0)
        return {latest, latest - 1} <= years
    if len(asked) == 1 and _THAN.search(question):
        asked = asked | {max(years, default=0)}
    return (len(asked) > 1 and asked <= years) or (over and len(years) > 1)


def _keys(name: str, readings: Sequence[Reading], asked: set[int], over: bool, question: str) -> list[Key]:
    """The columns of one department that a question means."""
    years = sorted(one.report.year for one in readings if one.report.year)
    if not years:
        return [(name, None)]
    if _looks("scope", "last").search(question):
        latest = max(asked or years)
        return [(name, year) for year in (latest - 1, latest) if year in years]
    if len(asked) == 1 and _THAN.search(question):
        asked = asked | {years[-1]}
    if asked and not (over and len(asked) < 2):
        return [(name, year) for year in sorted(asked)]
    every = over or any(_looks("scope", key).search(question) for key in ("reports", "every"))
    return [(name, year) for year in (years if every else years[-1:])]


def _parts(question: str, names: Sequence[str]) -> Iterator[_Part]:
    """The question cut behind every mention of departments and years."""
    scope = "|".join(one for key in ("departments", "reports", "years", "last") for one in words()["scope"][key])
    own = "|".join(f"(?P<own{at}>{called(name)})" for at, name in enumerate(names))
    mark = re.compile(rf"(?P<name>{own or '(?!)'})|(?P<year>20\d\d)(?:年度?(?![末底初]))?|(?P<scope>{scope})")
    departments: list[str] = []
    years: list[int] = []
    at, text, order = 0, "", ""
    for found in mark.finditer(question):
        text += question[at : found.start()]
        at = found.end() + (question[found.end() : found.end() + 1] in _BEHIND)
        if found["scope"]:
            continue
        text = _AGAINST.sub("", text)
        if re.sub(_JOIN, "", text):
            yield _Part(tuple(departments), tuple(years), text, _alternate(order))
            departments, years, order = [], [], ""
        text = ""
        order += "d" if found["name"] else "y"
        if found["name"]:
            departments.append(next(name for at_name, name in enumerate(names) if found[f"own{at_name}"]))
        elif found["year"]:
            years.append(int(found["year"]))
    yield _Part(tuple(departments), tuple(years), text + question[at:], _alternate(order))


def _alternate(order: str) -> bool:
    return order in ("dy" * (len(order) // 2), "yd" * (len(order) // 2)) and bool(order)


def _paired(parts: Sequence[_Part], chosen: Sequence[str]) -> list[Key]:
    """水利局2022年的X和体育局2023年的Y: where every department is named with a year of its own."""
    named = [pair for part in parts if part.each for pair in zip(part.departments, part.years, strict=True)]
    return list(dict.fromkeys(named)) if len({name for name, _ in named}) == len(chosen) > 1 else []


def _cores(parts: Sequence[_Part], keys: Sequence[Key]) -> dict[Key, str]:
    """The measure asked of each column: one for all, or each its own where the question names several."""
    whole = _stripped("".join(part.text for part in parts))
    if _looks("own", "patterns").search(whole):
        return {}
    said = [(part, core) for part in parts if (core := measure(part.text)) and (part.departments or part.years)]
    cores: dict[Key, str] = {}
    for key in keys if len(said) == len(keys) else ():
        fit = [core for part, core in said if _fits(part, *key)]
        cores |= {key: fit[0]} if len(fit) == 1 else {}
    shared = measure(whole)
    if _looks("own", "patterns").search(shared):
        return {}
    return cores if len(cores) == len(keys) else dict.fromkeys(keys, shared) if shared else {}


def _fits(part: _Part, name: str, year: int | None) -> bool:
    return (not part.departments or name in part.departments) and (not part.years or year in part.years)


def measure(text: str) -> str:
    """The words that name what is asked for, without those around them: 支出增加多少 → 支出."""
    clauses = [clause.strip() for clause in CLAUSE.split(text) if clause.strip()]
    basis = re.search(words()["around"]["basis"], clauses[0]) if len(clauses) > 1 else None
    if basis and "预算" not in basis[1]:
        return basis[1] + _between(clauses[1])
    return next((core for clause in clauses if (core := _between(clause))), "")


def _between(text: str) -> str:
    head, tail = _edges()
    text = _looks("around", "inside").sub("", text)
    before = ""
    while before != text:
        before = text
        text = tail.sub("", head.sub("", text))
    return text


def _stripped(text: str) -> str:
    return re.sub(r"(^|[，,])(?:[和与跟同及、的比较]|分别|各自?)+", r"\1", text)


def _alone(text: str) -> str:
    """What is left of the question as one report can answer it: 问题有什么不同 → 问题有哪些."""
    for said, meant in words()["alone"].items():
        text = re.sub(said, meant, text)
    return text


def _wants(question: str, cores: Iterable[str]) -> str:
    """To what end the figures are asked for, by the words beside the measure (用水量下降率 asks for no change)."""
    for core in cores:
        question = question.replace(core, "")
    bare = re.sub(r"[？?！!。\s]+$", "", question)
    clauses = [clause for clause in CLAUSE.split(bare) if clause]
    looks = ((row["name"], re.compile("|".join(row["patterns"]))) for row in words()["wants"])
    return next((name for name, look in looks if any(look.search(clause) for clause in clauses)), "each")
