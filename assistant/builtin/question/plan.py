"""A question understood: what kind it is, what it asks for, of which year, with which figures it comes.

Reads words only; whether the report can answer is found out later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.builtin.question.lexicon import anyof, content, kinds, lexicon, pattern, reduced, without_basis
from ingest.fact import Basis
from ingest.quantity import Quantity, quantities, unit
from ingest.terms import basis_of

_TABLE = re.compile(r"(?:附?表|附件)\s*([0-9]+(?:[-－.．][0-9]+)*|[一二三四五六七八九十]+)(?:[中里内上]的?)?")
_HINT = re.compile(r"^((?:(?!在)[一-龥“”]){0,12}表)(?:[中里内上]的?|列了?|的)(?=.)")
"""收入对比表里, 评分表中: the table that is meant, by its name."""
_WITHIN = re.compile(r"(?<=.)(?:的)?在([一-龥“”]{1,8}表)(?:[中里内上]的?|的)(?=.)")
"""X在自评表中的目标: the same behind what is asked for."""
_BASED = re.compile(
    r"^(?:如果|若|要是)?(?:按照?|以|用)(?:年初|调整后|全年)?预算数?(?:为分母|口径|为?基数|计算|来?算)+(?:的话)?[，,]?的?(?=.*率)"
)
"""按年初预算算的: the basis of a rate, before the rate itself."""
_COUNTABLE = ("count", "area", "length", "weight", "volume", "duration")
_MODIFIES = re.compile(r"^(?:如果|若|要是)?(?:按照?|以|用)[^率]{2,16}(?:分母|口径|基数|计算|来?算)$")
"""Words that only say on which basis something is computed."""
_END = re.compile(r"截至?到?(?:12月31日|年末|年底)")
_EXECUTION = re.compile(r"(?:的)?(?:预算)?执行(?:情况|得|的)(?:如何|怎么样|怎样|是什么)?$")
"""执行情况怎么样: asks for budget, spending and rate."""
_EXECUTED = re.compile(r"执行了?(?=多少(?:钱|资金|[万亿]?元)?(?:[，,。；？?]|$))")
"""资金执行了多少: an amount, no rate."""
NUMERAL_OF_YEAR = (
    r"(?<![\d.])(20\d\d)(?!\d|[.．]\d|,\d{3}|\s*(?:[万亿元%％名个家件次台辆亩场处座]|[人户](?!均|员)|项(?!目)|公里))"
)
"""2023, but not in 2045.94万元 or 2000人."""
_YEAR = re.compile(rf"{NUMERAL_OF_YEAR}\s*年?度?(?:[末底初])?")
_COMPARED = re.compile(r"相比|相较|对比|比较|[比较](?=20\d\d)|变化|变动")
"""Years set against one another, not asked for one by one."""
_LATER = re.compile(r"[、，,；和与及](?=20\d\d年)")
"""人员经费的预算和2021年决算: what stands before is of another year."""
_LAST = re.compile(r"^(?:上年|去年|上一年)度?\s*(?!结)|(?<=.)(?<![比较与和同跟])(?:上年|去年|上一年)度?(?![度结末同])")
"""村道建设去年花了多少: asked of the year before, not compared with it."""
_EACH = re.compile(r"(?:各|分别)(?:自)?(?=[一-龥]{1,5}?了?(?:多少|几)(?!分))")
"""其他垃圾各清运了多少: says only that there are several."""
_MONEY = re.compile(r"(?:多少|几)(?:[百千万亿]*元|钱)的?(?=[一-龥]{2})(?!钱)")
"""发放了多少万元补助: an amount of what stands behind it."""
_NOUGHT = re.compile(r"^(?:其|这|那|它|该项|上述)")
_DIMENSIONS: tuple[tuple[str, str], ...] = (
    ("ratio", r"(率|占比|比重|比例|百分之|百分比|增速|增幅|幅度|增长)$"),
    ("area", r"面积$"),
    ("length", r"(里程|长度)$"),
    ("score", r"(得分|分值|几分|多少分|自评分)$"),
    ("count", r"(人数|人员|编制|人次|几名|几人|几家|几个|几所|几件|多少(人|名|家|个|所|件|座|户|项|辆))$"),
    (
        "money",
        r"(万元|亿元|多少元|多少钱|金额|经费|资金|预算|决算|支出|收入|费用?|工资|罚款|养老金|救助金|慰问金|奖金|补助金?|补贴|津贴|贷款|欠款|损失|租金)$",
    ),
)
_PARTS = (
    ("分值", r"分值|满分|标准分|权重|占(?:多少|几)分"),
    ("得分", r"得分|得了?(多少|几)分"),
    ("目标", r"目标值|指标值"),
    ("完成", r"完成值|^实际(?:完成|实现|达到)?(?:值|数|情况)?$"),
)


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked for: its words without function words, its basis and kind of figure, its year."""

    text: str
    phrase: str
    basis: Basis = ""
    dimension: str = ""
    """money, count, ratio, score, or "" where the words do not say."""
    year: int | None = None
    """As named in the question; None means the year under review."""
    part: str = ""
    """分值, 目标, 完成, 得分: the column of a scoring table that is meant."""
    unit: str = ""
    """What is counted (场, 家), where the question says so."""
    context: str = ""
    """The whole question: its words help to say which of several names is meant, never what is asked."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a question wants (提问计划). `kind` "" is a plain look-up."""

    question: str
    kind: str
    asks: tuple[Ask, ...]
    years: tuple[int, ...] = ()
    stated: tuple[Quantity, ...] = ()
    """Figures that the question itself brings: a threshold, a claim."""
    yes_no: bool = False
    table: str = ""
    """Number of the table that is meant, as written (表3 → 3)."""
    hint: str = ""
    """Its name, where it is meant by name (评分表)."""
    back: bool = False
    """Asks of last year (上年)."""

    bare: str = ""
    """The question without the department's names."""

    @property
    def year(self) -> int | None:
        """The one year that is named; None where none is, or several."""
        return self.years[0] if len(self.years) == 1 else None


def plan(
    question: str, names: tuple[str, ...] = (), departments: tuple[str, ...] = (), year: int | None = None
) -> Plan:
    """The plan of a question. `names` are labels of the reports that contain connecting words (教师培训与素质提升):
    they are never cut."""
    text = re.sub(r"(多少|几)个人", r"\1人", question.strip())
    for name in (short for department in departments for short in _short_names(department)):
        text = text.replace(name, "")
    for department in departments:
        text = own.sub("", text) if (own := _kind_of(department)) else text
        text = _without_abbreviated(text, department)
    years = tuple(dict.fromkeys(int(found) for found in _YEAR.findall(text)))
    table = _TABLE.search(text)
    within = _WITHIN.search(text)
    text = _WITHIN.sub("的", text)
    bare = re.sub(r"[？?。！!]+$", "", text)
    kind = next((name for name, looks in kinds() if looks.search(bare)), "")
    return Plan(
        question=question,
        kind=kind,
        asks=tuple(asks(bare, names, year)),
        years=years,
        stated=tuple(q for q in quantities(bare) if q.unit.name not in ("年", "个", "条", "项", "种")),
        yes_no=bool(pattern("yes_no").search(bare)),
        table=table[1] if table else "",
        hint=within[1] if within else hint[1] if (hint := _HINT.match(bare)) else "",
        back=bool(re.search(r"上年|去年|上一年", bare)),
        bare=bare,
    )


def _short_names(department: str) -> list[str]:
    """A department's name and what people call it: 澄湖县教育局, 县教育局, 教育局; 云台分局."""
    tails = re.findall(r"(?=([省市区县旗盟].{2,}$))", department)
    branch = re.findall(r"[局委厅院校](.{3,}$)", department)
    return [department, *tails, *(tail[1:] for tail in tails), *branch]


def _kind_of(department: str) -> re.Pattern[str] | None:
    """中心, where it stands by itself (该中心的预算), not within another name (行政中心3号楼)."""
    kind = next((name for name in lexicon()["department"]["kinds"] if department.endswith(name)), "")
    return re.compile(rf"(?<![一-龥]){kind}|(?<=[本该我年度]){kind}") if kind else None


def _without_abbreviated(text: str, department: str) -> str:
    """Text without the department's name cut short: 交通局 of 交通运输局, by its characters in their order."""
    bare = re.sub(r"^.*?[省市区县旗盟]", "", department) or department
    at = text.find(department[-1:], 2)
    if at < 2 or len(bare) < 3:
        return text
    start, left = at, bare[:-1]
    while start > 0 and (held := left.rfind(text[start - 1])) >= 0:
        start, left = start - 1, left[:held]
    if at - start < 2:
        return text
    start -= start > 0 and text[start - 1] in "省市区县旗盟"
    return text[:start] + text[at + 1 :]


def asks(text: str, names: tuple[str, ...] = (), under: int | None = None) -> list[Ask]:
    """The things asked for, in order, one for each coordinated part (预算和支出 are two)."""
    years = {int(found) for found in _YEAR.findall(text)}
    several = (len(years) > 1 or bool(_LATER.search(text))) and not _COMPARED.search(text)
    sole = next(iter(years)) if len(years) == 1 and not several else None
    text = _undated(text, keep=several)
    text = _HINT.sub("", _END.sub("年末", _TABLE.sub("", text)))
    text = _EXECUTED.sub("支出", _EXECUTION.sub("的调整后预算、决算、执行率", text))
    text = _BASED.sub("", text)
    made: list[Ask] = []
    for segment in segments(text, names):
        own = [int(each) for each in _YEAR.findall(segment)] if several else []
        segment = _undated(segment)
        held = made[-1].year if several and made and not own else None
        year = sole or (own[0] if len(own) == 1 else held)
        one = ask(segment, names=names)
        if (back := _LAST.search(segment)) and (year or under):
            one = ask(segment[: back.start()] + segment[back.end() :], names=names)
            basis = one.basis if one.basis != "差额" else ""
            made.append(replace(one, basis=basis, year=(year or under or 0) - 1, context=_undated(text)))
        elif (one.phrase or one.basis or one.part or (one.unit and made)) and not _MODIFIES.search(segment):
            year = None if held and one.basis == "差额" else year  # a change stands over neither year
            made.append(replace(one, year=year, context=_undated(text)))
        elif len(own) == 1 and made and made[-1].year != year:
            made.append(replace(made[-1], year=year))
    return made


def _undated(text: str, keep: bool = False) -> str:
    """Text without its calendar years, 年末 and 年初 kept; `keep`: the years as well."""
    return text if keep else _YEAR.sub(lambda m: {"末": "年末", "底": "年末", "初": "年初"}.get(m[0][-1], ""), text)


def ask(text: str, year: int | None = None, names: tuple[str, ...] = ()) -> Ask:
    """One ask from its words. Words of basis inside a known name (招商引资支出) name no basis."""
    original = text
    text = _EACH.sub(" ", text)
    inside = max((name for name in names if name in text and len(name) > 4), key=len, default="")
    text, counted = _counted(_MONEY.sub(" ", text))
    asked = re.sub(
        r"(是|为|有|各|分别)?(多少|几)(?:钱|元|万元|亿元|人|名|人员)?(?:了|呢)?$|(多少|几)(?=分)[^，,]{0,3}$",
        lambda m: m[0] if "分" in m[0] else "",
        text,
    )
    spelled = content(asked)
    said = reduced(text)
    part = next((name for name, looks in _PARTS if re.search(looks, said)), "")
    basis: Basis = (
        "目标"
        if part == "目标"
        else "完成"
        if part == "完成"
        else basis_of(reduced(asked.replace(inside, "") if inside else asked))
    )
    phrase = content(without_basis(reduced(asked))) or ("" if basis else spelled)
    if part:
        phrase = content(re.sub("|".join(looks for _, looks in _PARTS), " ", said))
    return Ask(
        text,
        phrase,
        basis,
        ("money" if _MONEY.search(original) else _dimension(original, counted))
        if not part or part in ("目标", "完成")
        else "",
        year,
        part,
        counted,
    )


def _dimension(text: str, counted: str) -> str:
    """The kind of figure asked for: that of the unit which is named, else what the last words say."""
    asked = unit(counted) if counted else None
    return asked.dimension if asked else dimension_of(text)


def _counted(text: str) -> tuple[str, str]:
    """The text without 多少家 and the like, and the unit that is asked for; "" for 个, which says nothing."""
    for asked in re.finditer("多少|几", text):
        found = quantities("3" + text[asked.end() :])
        if found and not found[0].span[0] and found[0].unit.dimension in _COUNTABLE:
            rest = text[asked.end() + found[0].span[1] - 1 :]
            return f"{text[: asked.start()]} {rest}", found[0].unit.name.replace("个", "")
    return text, ""


def dimension_of(text: str) -> str:
    """The kind of figure that the last words ask for."""
    if counted := re.search(r"(?:多少|(?<![哪前后十这那])几)(家|名|人|个|所|件|座|户|辆|场|次|批)(?!元|百分)", text):
        return "count" if counted else ""
    bare = re.sub(r"(分别|各)?(是|为|有)?(多少|多大|多长|几何|什么|哪个)?[？?吗呢]*$", "", text.strip())
    for candidate in (text.strip(), bare):
        for name, looks in _DIMENSIONS:
            if re.search(looks, candidate):
                return "" if name == "count" and re.search(r"(人员|编制)$", candidate) and "费" in candidate else name
    return ""


def segments(text: str, names: tuple[str, ...] = ()) -> list[str]:
    """The text cut at connecting words, but never inside a known name or quotes."""
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match[0])
        return f"\x01{len(held) - 1}\x02"

    inside = [name for name in names if name in text] + lexicon()["connect"]["within"]
    for name in sorted(inside, key=len, reverse=True):
        text = re.sub(re.escape(name), hold, text)
    text = re.sub(r"“[^”]*”|《[^》]*》|（[^）]*）", hold, text)
    parts = [part for part in anyof("connect").split(text) if part.strip()]
    while any("\x01" in part for part in parts):
        parts = [re.sub("\x01(\\d+)\x02", lambda m: held[int(m[1])], part) for part in parts]
    return [part.strip() for part in parts if not _NOUGHT.fullmatch(part.strip())]


def direction(text: str) -> int:
    """+1 where the words say growth, -1 where they say decline, 0 for neither or both."""
    table, text = lexicon()["direction"], text.replace("多少", "")
    up = any(word in text for word in table["up"])
    down = any(word in text for word in table["down"])
    return int(up) - int(down)
