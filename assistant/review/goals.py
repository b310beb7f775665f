"""Targets against results (目标与结果): tasks of the year that no result answers, and weaker stages than promised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.review.case import Case
from assistant.review.lexicon import lexicon
from assistant.review.rule import Outcome, held, issue, said_in
from assistant.review.statement import Statement
from assistant.review.texts import _short
from ingest.quantity import Quantity, quantities
from ingest.report import Place
from ingest.terms import coverage

_GOAL_LEAD = re.compile(
    r"(绩效目标|年度目标|年初目标|预期目标|总体目标|工作目标|主要任务|重点任务)(?:为|如下|是)?[：:]"
)
_REASON = re.compile(r"原因|由于|因[^此而]|受[^，。；]{1,20}影响|所致")
_CONCRETE = re.compile(r"^(?:.{0,6})(完成|建成|新建|召开|出台|成立|启动|改造|修建|创建)")
_TOLD = re.compile(
    r"[：:]$|[一二三四五六七八九十\d]+项[^，；。]*(?:达到|未达|超过|完成)|少建|未能?完成|未达到|任务中$|^[比较]上年|^距目标"
)
"""No task: the words that announce a list of tasks (共五项：), or that already tell what became of them."""
_STRIP = re.compile(r"^[一二三四五六七八九十]+是|^目标\d+[：:]|^\d{1,2}[.．、]|[（(]\d+[）)]")


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[Quantity, ...]:
    """The figures of a clause, which every task asks for anew."""
    return quantities(text)


@dataclass(frozen=True, slots=True)
class Task:
    """One task of the year (年度任务): a clause of a goal sentence, with its figure if it has one."""

    said: Statement
    text: str
    figure: Quantity | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Where results stand: a sentence or a row of the self-assessment table."""

    text: str
    place: Place
    bare: bool = False
    """Figures without unit count: the row's label or another column names the unit."""
    targets: tuple[Quantity, ...] = ()
    """Targets of a scoring row: one that is the task's own figure answers it under whatever name."""


def tasks(case: Case) -> tuple[Task, ...]:
    """Clauses of goal sentences that name something concrete to do or reach."""
    found = []
    for said in case.statements:
        if not _is_goal(case, said):
            continue
        lead = _GOAL_LEAD.search(said.text)
        text = said.text[lead.end() :] if lead else said.text
        for clause in re.split(r"[，；。]", text):
            clause = _STRIP.sub("", clause.strip())
            own = [q for q in figures(_unquoted(clause)) if q.unit.dimension not in ("none", "money", "score")]
            if len(clause) >= 6 and not _TOLD.search(clause) and (own or _CONCRETE.search(_unquoted(clause))):
                found.append(Task(said, clause, own[0] if own else None))
    return tuple(found)


def _is_goal(case: Case, said: Statement) -> bool:
    """A sentence of targets: by its section or by its own lead (年初目标：), among results only at its head."""
    if said.block.kind != "paragraph":
        return False
    lead = _GOAL_LEAD.search(said.text)
    if said.zone == "result":
        return lead is not None and lead.start() <= 8
    return said.zone == "goal" or lead is not None or _led(case, said)


def _unquoted(text: str) -> str:
    """Slogans in quotation marks (“三个模式”) are no tasks; names in them (“聚龙科技园”) have no figure anyway."""
    return re.sub(r"“[^”]*[一二三四五六七八九十]个?[^”]*”", "", text)


def _led(case: Case, said: Statement) -> bool:
    """A later sentence of a paragraph that opens with 绩效目标： (split at ；)."""
    lead = _GOAL_LEAD.search(said.block.text)
    return lead is not None and lead.start() < said.span[0] and "。" not in said.block.text[lead.end() : said.span[0]]


_TARGET = re.compile("指标值|目标值|年初目标|计划")
_RESULT = re.compile("完成值|实际完成")


def answers(case: Case) -> tuple[Answer, ...]:
    """All places that may report a result."""
    found = [
        Answer(said.text, said.place)
        for said in case.statements
        if said.zone in ("result", "experience", "money", "manage", "conclusion")
        and said.block.kind == "paragraph"
        and not _led(case, said)
        and not _GOAL_LEAD.search(said.text)
    ]
    for sheet in case.sheets:
        targets = {c for c in range(sheet.table.cols) if _TARGET.search(sheet.heads[c])}
        scoring = any(_RESULT.search(head) for head in sheet.heads)
        for row in sheet.body:
            texts = [
                sheet.texts[row][c] for c in range(sheet.table.cols) if c not in targets and (row, c) in sheet.cells
            ]
            text = "｜".join(t for t in texts if t)
            aims = tuple(q for c in targets for q in figures(sheet.texts[row][c])) if scoring else ()
            found.append(Answer(text, sheet.place(row, 0), scoring, aims))
    return tuple(found)


def unanswered(case: Case) -> Iterator[Outcome]:
    """目标无结果: grouped by the goal sentence, so that one task is asked for once."""
    results = answers(case)
    every = tasks(case)
    if not every or not results:
        return
    met: list[Task] = []
    missing: dict[int, list[Task]] = {}
    for task in every:
        if _answered(task, results):
            met.append(task)
        else:
            missing.setdefault(task.said.block.index, []).append(task)
    if met:
        yield held(
            "年度目标逐项查找结果",
            f"{len(met)}项任务在结果部分或自评表中有对应内容",
            tuple(task.said.place for task in met),
        )
    if len(met) * 2 < len(every) and len(every) > 4 and not any(t.figure for t in every):
        return
    for group in missing.values():
        sentences = tuple(dict.fromkeys(task.said for task in group))
        names = "；".join(_short(task.text, 40) for task in group)
        yield issue(
            "P0",
            f"年度目标“{names}”未见完成情况",
            f"目标部分写明“{names}”，结果部分和自评表均未找到对应的完成值。",
            "按任务的关键词和计量单位在全文结果部分逐句检索。",
            "请补充完成值及佐证，未完成的说明原因。",
            *said_in(*sentences),
        )


def _answered(task: Task, results: tuple[Answer, ...]) -> bool:
    words = bare(task.text)
    for result in results:
        cover = coverage(words, result.text)
        if cover < 200:
            continue
        if task.figure is not None and any(_equal(task.figure, aim) for aim in result.targets):
            return True
        same = task.figure is None or any(_alike(task.figure, q, result.bare) for q in figures(result.text))
        if cover >= (450 if same and task.figure is not None else 500 if task.figure is None else 800):
            return True
    return False


def _equal(one: Quantity, other: Quantity) -> bool:
    return one.unit.kind == other.unit.kind and one.base == other.base


def _alike(one: Quantity, other: Quantity, bare: bool) -> bool:
    if other.unit.dimension == "none":
        return bare
    return one.unit.kind == other.unit.kind or one.unit.dimension == other.unit.dimension != "count"


def bare(text: str) -> str:
    """The task without its verb of doing and its figure."""
    for found in reversed(figures(text)):
        text = text[: found.span[0]] + text[found.span[1] :]
    return re.sub(r"达到|保持在?|以上|以下|不低于|不少于|完成|力争|确保|进一步|推进|推动|加快|积极|全年|左右", "", text)


@cache
def _ranks() -> tuple[tuple[str, int], ...]:
    order: list[list[str]] = lexicon()["stages"]["order"]
    return tuple(
        sorted(((word, rank) for rank, words in enumerate(order) for word in words), key=lambda item: -len(item[0]))
    )


def stage(text: str) -> tuple[int, str] | None:
    """The stage of progress that a text speaks of: the last longest stage word, 完成…建设 counting as built."""
    best: tuple[int, int, str] | None = None
    for word, rank in _ranks():
        at = text.rfind(word)
        if at >= 0 and (best is None or at + len(word) > best[0]):
            best = (at + len(word), rank, word)
    built = re.search(r"完成[^，；。]{0,20}建设", text)
    if built and best is None:
        return 4, built[0]
    return (best[1], best[2]) if best else None


def weaker_stage(case: Case) -> Iterator[Outcome]:
    """目标阶段强于结果: 筹备＜开工＜建成＜试运营＜运营."""
    results = [
        s for s in case.statements if s.zone in ("result", "experience", "conclusion") and s.block.kind == "paragraph"
    ]
    results = [said for said in results if not _is_goal(case, said)]
    for said in case.statements:
        if said.zone == "goal" or _is_goal(case, said):
            for clause in _stage_clauses(said.text):
                yield from _stage_clause(said, clause, results)


def _stage_clauses(text: str) -> Iterator[str]:
    """Clauses that promise a stage: pieces between commas that name thing and stage, else the whole."""
    for clause in re.split(r"[；。]", text):
        pieces = [piece for piece in clause.split("，") if _entity(piece) and stage(piece)]
        yield from pieces if "，" in clause and pieces else [clause]


def _stage_clause(said: Statement, clause: str, results: list[Statement]) -> Iterator[Outcome]:
    promised = stage(clause)
    entity = _entity(clause)
    if promised is None or len(entity) < 6:
        return
    for result in results:
        at = result.text.find(entity)
        if at < 0:
            continue
        behind = re.split(r"[。；]", result.text[at:])[0]
        reached = _first_stage(behind)
        if reached is None:
            continue
        if reached[0] < promised[0]:
            told = bool(_REASON.search(result.text))
            yield issue(
                "P1" if told else "P0",
                f"“{entity}”目标为“{promised[1]}”，结果为“{reached[1]}”",
                f"目标：“{_short(clause)}”；结果：“{_short(behind)}”。",
                "阶段先后：筹备＜开工＜建成＜试运营＜运营；按文字口径结果弱于目标。",
                "报告已说明原因，请认定是否完成并扣减相应得分。" if told else "请认定是否完成，未完成的说明原因。",
                (said.place, result.place),
                (clause.strip(), result.text),
                (),
            )
        else:
            yield held(
                f"“{entity}”进度不弱于目标", f"目标“{promised[1]}”，结果“{reached[1]}”", (said.place, result.place)
            )
        return


def _first_stage(text: str) -> tuple[int, str] | None:
    """The stage said of the first-named thing: the earliest stage word, the longest of those that overlap."""
    found = [(text.find(word), -len(word), rank, word) for word, rank in _ranks() if word in text]
    if not found:
        return None
    at, _, rank, word = min(found)
    longer = [item for item in found if item[0] <= at + 2 and -item[1] > len(word)]
    if longer:
        _, _, rank, word = min(longer, key=lambda item: item[1])
    return rank, word


def _entity(clause: str) -> str:
    """The name of an institution or project at the head of a goal clause."""
    match = re.search(
        r"([一-鿿]{2,24}(?:研究院|研究所|中心|实验室|学院|学校|医院|产业园|园区|基地|水库|工程|项目|公园|大桥|公路|平台|系统|场馆|孵化园|陵园|敬老院|福利院|养老院|幼儿园|体育馆|图书馆|文化馆|博物馆|展览馆|泵站|水厂|电站|大楼|综合楼))",
        clause,
    )
    name = re.sub(r"^.*?(?:推动|推进|加快|完成|启动|建成|新建|建设)", "", match[1]) if match else ""
    return name if len(name) >= 6 else ""
