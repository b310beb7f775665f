"""Labels: the words before a figure without what only connects them; whose figure it is, and which measure.

Works on words alone; knows no report and keeps no state. All word lists are in terms.toml.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ingest.periods import begins, mentions, part_of_year
from ingest.terms import basis_of, canonical, is_alias, plain
from ingest.wording import opening, wording, words


@cache
def said(name: str) -> tuple[str, ...]:
    """A word list of the section [prose] of terms.toml."""
    return tuple(wording()["prose"][name])


@cache
def pattern(name: str, form: str) -> re.Pattern[str]:
    """A pattern of a word list, longest first (what only looks around not counted); `form` holds %s for the words."""
    longest = sorted(said(name), key=lambda word: len(_AROUND.sub("", word)), reverse=True)
    return re.compile(form % (opening(longest) + f"(?:{'|'.join(longest)})"))


_AROUND = re.compile(r"\(\?[!<=][^)]*\)")
_BODIES = re.compile(
    r"^(?:.{2,30}?(?:局|厅|委|会|办|室|处|院|中心|所|站)(?:（[^（）]*）)?(?=共有)|.{0,8}?(?:编制部门|编办|编委|编委会)(?=核定))"
)
_PLACES = re.compile(r"^(全[区县市省局系统国]+|我[区县市省])(?:共有|现有|拥有|累计有|共|有)(?=.)")
_LAST = re.compile(r"上一?年度?|去年|上年同期|本年度?|[年期][末底]")
"""A year before a measure is no item."""
_OPENING = re.compile(r"^初(?=批复|部门|预算|安排|下达|核定)")
"""2023年初批复部门预算: the budget at the beginning of the year, whatever year is cut off."""
_STAYS = re.compile(r"年[末底初]|期末|上|前年|去年")
_ENDING = re.compile(r"^20\d\d(?:年(?=年))?(?=年[末底](?!前|$))")
"""2023年末实有: which year is told by the period."""
_TERM = re.compile(r"^(?:[春秋]季学期|前(?![一二三四五六七八九十几两期\d])|起(?=[，,对在将按]))?[，,]?")
_WHEN = re.compile(r"^(?:年中|年末|年底|全年|本年度?|当年|上一?年度?|去年|实际|累计)(?=..)")
_APPROVED = re.compile(
    r"^(?:.{0,16}?(?:财政[局厅]?|财政部门|人大|政府|上级|党委))?(?:年初)?(?:批复|批准|审批|核定)(?:给|了|的)?"
    r"(?:[我本该][局委办院厅会]|.{2,14}?[局委办院厅会])?(?=年初|部门|预算|资金|支出预算|收入预算)"
)
_AFTERWARDS = re.compile("(?:变动|变更|追加|调[增减]|增减|核减|压减)(?:以|之)?后的?(?=(?:部门|支出)?预算)")
"""变动后的预算 is 调整后预算."""
_BECAUSE = re.compile(r"^[^，]{2,24}的(?:主要)?原因(?:是|为|在于)(?=..|$)")
_RECKONED = re.compile(r"(?<=..)按[^，]{2,40}计算$")
"""编外人员控制率按“编外用工÷在职”计算为x: how is no part of the name."""
_RELATIVE = re.compile(r"^(?:纳入|涉及|用于|列入|归口|实行|关于)[^，]{0,16}的(?=.{2})")


@lru_cache(maxsize=16384)
def clean(own: str) -> str:
    """The label in the words before a figure: without periods, connectives and copulas at either end."""
    text = plain(own).replace("(", "（").replace(")", "）").strip("，,；;：:。、-—·./")
    text = _BECAUSE.sub("", _AFTERWARDS.sub("调整后", text))
    while True:
        before = text
        text = pattern("trailing", r"(?:%s)+$").sub("", text) if not text.endswith(("实有", "现有")) else text
        if is_alias(text):
            return _undated(text) if text[0].isdigit() else text
        text = _RECKONED.sub("", _undated(text))
        text = pattern("leading", r"^(?:%s)").sub("", text)
        text = _BODIES.sub("", text)
        text = _PLACES.sub(lambda place: place[1], text)
        text = _RELATIVE.sub("", _APPROVED.sub(lambda m: "年初" if "年初" in m[0] else "", text)).strip(
            "，,；;：:。、-—"
        )
        if text == before:
            return balanced(_glued(text))


def _undated(text: str) -> str:
    """Without a period at the start, unless it is part of the name (年末结转和结余, 上年结转)."""
    first = next(iter(mentions(text, 2000)), None) if begins(text) else None
    if first and first.span[0] == 0 and not _STAYS.search(text[: first.span[1]].replace("上半年", "")):
        if text.startswith(("本年收入", "本年支出")):
            return text
        return _OPENING.sub("年初", _TERM.sub("", text[first.span[1] :])) or text
    return _ENDING.sub("", text)


def _glued(text: str) -> str:
    """Without a heading that runs into the sentence: …改进措施2021年初财政批复年初部门预算 → 年初部门预算."""
    for mention in mentions(text, 2000):
        if mention.span[0] > 0 and text[mention.span[0]].isdigit():
            rest = clean(text[mention.span[1] :])
            if not is_generic(rest):
                return text
            before = text[: mention.span[0]]
            return before + rest if _WHOSE.fullmatch(before) else rest
    return text


_WHOSE = re.compile("[^，,；;：:。]{2,12}(?:经费|支出|资金|收入|补助|专项|项目|工程|费)")
"""“三公”经费2024年预算x: whose budget it is stands before the year."""


def balanced(text: str) -> str:
    """Without a bracket that has lost its partner."""
    if text.count("（") != text.count("）"):
        text = text.replace("（", "").replace("）", "")
    return text


@cache
def _measure_words() -> frozenset[str]:
    known, whole = {*said("measures")}, words("whole")
    for name, variants in wording()["aliases"].items():
        if name not in said("unsplit"):
            known |= {plain(variant) for variant in (name, *variants) if variant not in whole}
    return frozenset(known)


@cache
def _one_word() -> frozenset[str]:
    """Names that are not split although they end like a measure (基本支出 is no 支出 of 基本)."""
    return frozenset(plain(word) for word in (*said("items"), *wording()["neutral"]["words"], *said("standalone")))


@lru_cache(maxsize=16384)
def is_generic(label: str) -> bool:
    """Whether a label is a measure without an item, so that the subject must come from before (预算执行率、总支出)."""
    if label in said("items"):
        return False
    bare = _WHEN.sub("", label)
    return is_alias(label) or label in said("measures") or is_alias(bare) or bare in said("measures")


_PARTS_END = ("月", "份", "季度", "半年")


def without_part(label: str, year: int | None) -> str:
    """A label without the part of the year that it ends with: 执行率一季度 → 执行率, 二季度 → ""."""
    named = mentions(label, year)[-1:] if label.endswith(_PARTS_END) else ()
    ends = named and named[0].span[1] == len(label) and part_of_year(named[0].period)
    return label[: named[0].span[0]] if ends else label


@lru_cache(maxsize=16384)
def pays(label: str) -> bool:
    """Whether a label says no more than that money was paid or used (实际使用、全年支付)."""
    return label not in said("items") and _WHEN.sub("", label) in said("payments")


def is_standalone(label: str) -> bool:
    """Whether a measure usually speaks of the whole department (年末结转和结余、收入决算)."""
    return canonical(label) in said("standalone") or canonical(_WHEN.sub("", label)) in said("standalone")


@lru_cache(maxsize=16384)
def split(label: str) -> tuple[str, str]:
    """Subject and measure: `科技奖励年初预算数` → (科技奖励, 年初预算数); ("", label) where it does not part."""
    if is_alias(label) or label in said("measures") or plain(label) in _one_word():
        return "", label
    word = _ending(label, _measure_words())
    subject = label.removesuffix(word)
    if not word or _LAST.fullmatch(subject) or subject in said("qualifiers"):
        return "", label
    whole = _one_word()  # 基本支出总额 is none of 基本
    if subject + word[:2] in whole or len(_ending(label, whole)) > len(word):
        return "", label
    subject = clean(subject).removesuffix("的")
    if word == "支出" and basis_of(subject) and is_generic(subject):  # 年初预算安排支出 is a budget
        return "", label
    told_of = _GRADED.sub("", subject)
    if told_of in said("department") or (subject and not told_of):
        return "", word
    return (subject, word) if len(subject) > 1 else ("", label)


_GRADED = re.compile(r"^.*20\d\d年度?|综合$")
"""评定2022年度部门整体绩效综合（得分）: of the department."""


def _ending(label: str, known: frozenset[str]) -> str:
    """The longest of some words that a label ends with and is more than, "" if none."""
    return next((label[at:] for at in range(1, len(label)) if label[at:] in known), "")


_BRACKETS = re.compile(r"(?:[（(][^（）()]*[）)])+$")


def bare_end(label: str) -> str:
    """Without brackets at the end: 行政运行（项） → 行政运行; every level of a classification is dropped."""
    return _BRACKETS.sub("", label) if label.endswith(("）", ")")) else label


def names_itself(label: str) -> bool:
    """Whether a label says what it measures without the figure that it is a part of (行政编制, not 学前教育)."""
    return bare_end(label).endswith(said("nouns"))


def payment(label: str) -> tuple[str, str]:
    """(item, verb) of 拨付污水处理服务费 (向甲公司拨付补贴: 甲公司补贴); ("", "") where the label is not such."""
    match = pattern("payments", r"^(?:.{0,6}?向(?P<to>[^，]{2,12}))?(?P<did>%s)(?P<what>.{3,})$").match(label)
    return ((match["to"] or "") + match["what"], match["did"]) if match and not is_generic(match["what"]) else ("", "")
