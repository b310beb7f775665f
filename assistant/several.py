"""Questions over several departments or years (跨部门、跨年度): each report answers for itself, nothing is mixed.

A known measure asked of several is taken from the comparison, cell by cell; any other question is put to each
department alone. Figures of two departments are never added, compared or called a contradiction by accident.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.builtin.ask import Asked, Search, understood
from assistant.builtin.ask import replied as replied_alone
from assistant.builtin.reply import Reply
from assistant.calculate import Result, difference
from assistant.comparison import Cell, Column, Comparison, compare, measure_in
from ingest.chunk import Chunk
from ingest.fact import Fact
from ingest.reading import Reading
from prompts import phrases

YEARS = re.compile(r"哪一?年|[两三几]年|历年|各年|20\d\d年?度?(?:相比|对比|比较)|对比")
DEPARTMENTS = re.compile(
    r"各个?(?:部门|单位|局)|哪一?[个家](?:部门|单位|局)|谁|(?:部门|单位)之?间|所有(?:部门|单位)|几[个家](?:部门|单位)"
)
_OVER_TIME = re.compile(r"20\d\d|上一?年|去年|前年|往年|同比|环比|年[间来]|增[长加减]|下降|减少|变化|变动|趋势")
_YEAR = re.compile(r"(20\d\d)年?度?")
_REST = re.compile(
    r"各个?|所有|全部|部门|单位|之?间|哪一?[个家]|哪一?年|[两三几]年|历年|[几两][个家]|分别|各自|是|为|有|多少|几|与|和|跟|同|及|"
    r"相比|比较|对比|比|较|谁|最|更|[高低大小多少]|的|了|呢|吗|年度?|情况|如何|怎么样|怎样|变化|增减|增长|下降|增加|减少|"
    r"排名|排序|从|到|整体|财政|全年|本年|都|数|[\s，。、？?！：]"
)
"""What may stand around a measure without asking for anything else."""
SHOWN = 6
"""So many departments are answered for one by one."""


def replied(asked: Asked, search: Search | None = None) -> Reply:
    """The reply to a question, of each department for itself where several could be meant."""
    groups = _groups(asked.seen.readings)
    named = [name for name in groups if _mentioned(name, asked.full)]
    chosen = named or _of_years(groups, asked.full)
    readings = tuple(reading for name in chosen for reading in groups[name])
    across = len(chosen) > 1 and (len(named) > 1 or DEPARTMENTS.search(asked.full))
    if across or YEARS.search(asked.full):
        made = _compared(asked.full, readings, chosen)
        if made is not None:
            return made
    if len(chosen) == 1:
        return _alone(asked, groups[chosen[0]], search)
    return _each(asked, {name: groups[name] for name in chosen}, search)


def _groups(readings: Sequence[Reading]) -> dict[str, list[Reading]]:
    """Readings by department; one without a department is its own."""
    groups: dict[str, list[Reading]] = {}
    for reading in readings:
        groups.setdefault(reading.report.department or reading.report.title or reading.report.id, []).append(reading)
    return groups


def _mentioned(department: str, question: str) -> bool:
    """Whether a question names a department: 澄湖县教育局, 县教育局, 教育局, or its place alone (澄湖县)."""
    tail = re.sub(r"^.*[省市区县旗盟州](?=.{2,}$)", "", department)
    place = department.removesuffix(tail)
    return any(len(name) >= 3 and name in question for name in (department, tail, place))


def _of_years(groups: dict[str, list[Reading]], question: str) -> list[str]:
    """Departments with reports of every year that a question names; all of them where there are none."""
    years = {int(found) for found in _YEAR.findall(question)}
    held = {name: {one.report.year for one in readings} for name, readings in groups.items()}
    return [name for name in groups if years and years <= held[name]] or list(groups)


def _alone(asked: Asked, readings: Sequence[Reading], search: Search | None) -> Reply:
    """The question put to one department: to its latest report, and to all of them where that has no answer."""
    latest = _latest(asked.full, readings)
    reply = _put(asked, latest, search)
    return _put(asked, readings, search) if reply.refused and len(latest) < len(readings) else reply


def _latest(question: str, readings: Sequence[Reading]) -> Sequence[Reading]:
    """The reports of the latest year; all of them where the question speaks of a year or of a change."""
    if _OVER_TIME.search(question):
        return readings
    year = max((one.report.year or 0 for one in readings), default=0)
    return [one for one in readings if one.report.year in (None, year)]


def _put(asked: Asked, readings: Sequence[Reading], search: Search | None) -> Reply:
    """The question put to these reports only."""
    own = {one.report.id for one in readings}
    if own == {one.report.id for one in asked.seen.readings}:
        return replied_alone(asked, search)

    def within(text: str) -> list[Chunk]:
        return [chunk for chunk in search(text) if chunk.report in own] if search else []

    return replied_alone(understood(asked.full, tuple(readings), asked.seen.findings), within if search else None)


def _each(asked: Asked, groups: dict[str, list[Reading]], search: Search | None) -> Reply:
    """Every department's own answer under its name; those that have none are left out, unless none has one."""
    replies = {name: _alone(asked, readings, search) for name, readings in list(groups.items())[: 2 * SHOWN]}
    good = {name: one for name, one in replies.items() if not one.refused} or dict(list(replies.items())[:1])
    good = dict(list(good.items())[:SHOWN])
    if all(one.refused for one in good.values()):
        return next(iter(good.values()))
    note = (_say("which", count=str(len(groups))),) if len(good) > 1 else ()
    return Reply(
        "\n".join(_say("of", department=name, text=one.text) for name, one in good.items()),
        tuple(dict.fromkeys(fact for one in good.values() for fact in one.facts)),
        tuple(dict.fromkeys(quote for one in good.values() for quote in one.citations)),
        (*note, *(said for one in good.values() for said in one.notes)),
        tuple(said for one in good.values() for said in one.missing),
        counted=tuple(pair for one in good.values() for pair in one.counted),
    )


def _compared(question: str, readings: Sequence[Reading], departments: Sequence[str]) -> Reply | None:
    """A known measure and nothing else asked of several columns: the comparison in words; None for anything else."""
    found = measure_in(question)
    if found is None or _left(question.replace(found[1], "", 1), departments):
        return None
    made = compare(_of_question(question, readings), (found[0].name,))
    told = [(column, cell) for column, cell in zip(made.columns, made.rows[0].cells, strict=True) if cell.text]
    if len(made.columns) < 2 or not told:
        return None
    text = "；".join(_told(column, cell, made) for column, cell in zip(made.columns, made.rows[0].cells, strict=True))
    facts = tuple(dict.fromkeys(fact for _, cell in told for fact in _stated(cell)))
    years = {column.year for column, _ in told}
    mixed = (_say("years"),) if len(years) > 1 and not YEARS.search(question) else ()
    return Reply(text + _ranked(question, told) + "。", facts, notes=(*mixed, *made.rows[0].notes))


def _stated(cell: Cell) -> tuple[Fact, ...]:
    """What a cell states; the inputs of a ratio that the report states as well are in its working."""
    return cell.facts if cell.verdict == "derived" or cell.value is None else cell.facts[:1]


def _left(text: str, departments: Sequence[str]) -> str:
    for name in departments:
        tail = re.sub(r"^.*[省市区县旗盟州](?=.{2,}$)", "", name)
        text = text.replace(name, "").replace(tail, "")
    return _REST.sub("", _YEAR.sub("", text))


def _of_question(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """The readings of the years that matter: all for a question over years, else the named ones, else the latest."""
    years = {int(found) for found in _YEAR.findall(question)}
    if YEARS.search(question):
        return list(readings)
    if years:
        return [one for one in readings if one.report.year in years]
    latest = {name: max(one.report.year or 0 for one in group) for name, group in _groups(readings).items()}
    return [one for name, group in _groups(readings).items() for one in group if (one.report.year or 0) == latest[name]]


def _told(column: Column, cell: Cell, made: Comparison) -> str:
    measure = made.rows[0].measure.name
    if not cell.text:
        return _say("missing", name=column.name, reason=cell.reason)
    kind = {"derived": "derived", "conflict": "conflict"}.get(cell.verdict or "", "stated")
    values = {"name": column.name, "measure": measure, "text": cell.text, "working": cell.working}
    said = phrases("several").templates[kind]
    text = _say(kind, **{key: value for key, value in values.items() if "${" + key + "}" in said})
    return text + ("，" + _changed(cell.change) if cell.change is not None else "")


def _changed(change: Result) -> str:
    """较上年增加5,000.71万元，增长6.72%, with the working of each."""
    now, before = change.facts[:2]
    apart = difference(now, before)
    sizes = [(apart, "增加", "减少")] if apart else []
    sizes += [(change, "增长", "下降")] if change.unit.dimension == "ratio" else []
    words = [f"{up if one.value > 0 else down}{one.size}（{one.working}）" for one, up, down in sizes if one.value]
    return _say("change", words="，".join(words) or "持平")


def _ranked(question: str, told: Sequence[tuple[Column, Cell]]) -> str:
    """The highest or the lowest, by figures worked out again where that was possible."""
    values = [(cell.value, column.name) for column, cell in told if cell.value is not None]
    if len(values) < 2 or not re.search(r"最|谁|哪", question):
        return ""
    low = re.search(r"最[低小少]|[更]?低$|更低|低[？?]?$", question)
    best = (min if low else max)(value for value, _ in values)
    names = "、".join(name for value, name in values if value == best)
    doubtful = "、".join(column.name for column, cell in told if cell.verdict == "conflict")
    said = "。" + _say("lowest" if low else "highest", name=names)
    return said + (_say("ranked_doubt", names=doubtful) if doubtful else "")


def _say(key: str, **values: str) -> str:
    return phrases("several").say(key, **values)
