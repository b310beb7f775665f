"""The basis (口径) of a table's figure: what its column's heads say, else its row, else the whole table.

Knows no report; which words tell a basis is in terms.toml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from ingest.fact import Basis
from ingest.ledger.columns import YEAR, figure
from ingest.ledger.labels import bare_end
from ingest.ledger.spots import Spot
from ingest.quantity import Quantity
from ingest.terms import basis_of, basis_words, canonical, is_alias, plain
from ingest.wording import words

_NEITHER = ("结余", "结转", "到位", "到位数", "到位金额", "到位资金")
_UNDONE = re.compile("(?:尚)?未[^来成]")
_DONE = re.compile(
    r"(?:20\d\d年度?|本年度?|上年度?|去年|全年)?实际(?!到位|结余|节约|完成|增|减)[^率数值量]{0,4}(?:数|额)?"
)
"""2024年实际: what was spent, beside 2024年预算."""
_ACTUAL = re.compile(r"(?:20\d\d年度?|[本上去]年度?|全年)?实际(?:数|额|发生(?:数|额)?)?")
"""The same beside the head, under the items: 2023年预算, 2023年实际."""
_REACHED = re.compile(r"(?:20\d\d年度?|本年度?|全年|年度)?(?:实际完成|实际|完成|实绩)(?:数|量|值|数量)?")
"""完成 beside 计划 or 目标."""
_DOES = re.compile(r"完成(?!情况|[率比程时及预]|质量).{1,8}(?<![率度])|.{2,8}完成(?:数|量|值)?")
"""完成投资, 造林完成 beside 计划投资, 造林任务."""
_PAID = re.compile(
    r"(?:已|实|实际|累计|全年|本年|当年)?(?:使用|支用|列支|开支|动支|动用|报销|兑现|核销)(?:数|额|金额|资金|款项?|总额|情况)?"
    r"|(?:已|实)支(?:数|额)?"
)
"""使用资金, 已列支 beside 到位资金 or 下达指标."""
_OF_ITSELF: tuple[Basis, ...] = ("差额", "调整", "目标")
"""What the last head says of these counts whatever stands over it."""
_BUDGETS: frozenset[Basis] = frozenset(("年初预算", "调整后预算", "预算"))
_PROGRESS = re.compile("(?:支出|执行|支付|使用|拨付)进度")
"""A table of how far spending has got; its name may speak of the budget all the same (部门预算支出进度)."""
_OF_RATES: tuple[Basis, ...] = ("差额", "目标", "计划", "完成")
"""What a rate can be; 支付进度 is none of what was paid."""
_SPENDING = re.compile(r"(?:20\d\d年度?|本年度?|全年|当年)?支出(?:数|额|金额)?(?:\([^()]*\))?")
"""支出 beside a budget, whatever the table is called."""
_FIXED = re.compile(r"(?:20\d\d年度?|[本当]年度?|全年)?(年初)?(?:核定(?:数|额|金额|指标)?|控制(?:数|额|指标))")
"""核定数 of money is its budget; of staff or vehicles it is none."""
_FLOWS = ("支出", "收入")
_COMPARED = re.compile(
    r"[比较与同].*(?:增|减|超|节约|变动|差|±|幅)"
    r"|(?<![占环对])[比较](?=[上去2年调全预决计目])(?:上年度?|去年|20\d\d年度?|年初|调整后|全年)?(?:预算|决算|计划|目标)?(?:数|额)?(?:[+±(（].*)?$"
)
_CHANGED = re.compile("(?:净|增减)?变[动化](?:额|数|情况|量)?")
"""变动 beside 2022年末 and 2023年末."""
_ROW_COMPARED = re.compile(r"[比较与同](?:上|去|20|年初|调整|预|决|计划|目标).*(?:增|减|超|节约|变动|差|±|幅)")
"""A row of changes (2022年决算比2021年增减) under the items that they are of."""
_ADJUSTED = re.compile(r"(?:第?[一二三四\d]次|首次)?(?:预算|指标)?调整(?:数|额|金额|情况)?(?:\([^()]*\))?")


def cell_basis(caption: str, topic: str, spot: Spot, quantity: Quantity, heads: frozenset[Basis], final: bool) -> Basis:
    """The basis that the header names, else the row, else (money under a 决算表 or 预算表) the table.

    支出 alone says less than the table's name: a column 一般公共预算支出 in a 预算表 is a budget. A rate or a score has
    only the basis that its own header names (年度指标值), not that of the amounts it is of. `heads`: the bases of all
    columns; `final`: a column 调整数 states the budget after the change.
    """
    path, inner = "/".join(spot.columns), plain(spot.columns[-1]) if spot.columns else ""
    money = quantity.unit.dimension == "money"
    if own := _innermost(path, inner, heads, final, money):
        return own
    if spot.labels and _ROW_COMPARED.search(plain(spot.labels[-1])):
        return "差额"
    if _neither(spot.columns, inner):  # what is left or came in is in no row a budget
        return told if (told := basis_of(path)) in _BUDGETS else ""
    if quantity.unit.dimension == "ratio" or quantity.unit.name == "分":
        told = basis_of(inner) if tells(inner) else ""
        return told if told in _OF_RATES else ""
    said = spot.labels[-1:] if spot.columns else spot.labels
    texts = (path, *reversed(spot.columns), *(text for text in reversed(said) if _sided(text)), spot.whole)
    if named := next((text for text in texts if tells(text)), ""):
        told = "差额" if _COMPARED.search(plain(named)) else basis_of(named)
        told = "决算" if told == "完成" and money and heads & _BUDGETS and not heads & {"计划", "目标"} else told
        return "" if told == "决算" and not money and quantity.unit.dimension != "none" else told  # 发放份数
    if money and (own := next((basis for text in (inner, *map(plain, said)) if (basis := _side(text))), "")):
        return own
    if money and heads & _BUDGETS and _SPENDING.fullmatch(inner):
        return "决算"
    kinds: set[Basis] = {basis_of(word) for word in basis_words(caption) if word != "支出"}
    if money and _PROGRESS.search(caption):
        return "决算"
    if money and len(kinds) == 1:
        return kinds.pop()
    dated = YEAR.match(inner) is not None
    last: Basis = _spent(caption, (*spot.columns[-1:], *spot.labels[-1:], topic), dated) if money else ""
    return next((basis for text in texts if (basis := basis_of(text))), last)


@lru_cache(maxsize=4096)
def _innermost(path: str, inner: str, heads: frozenset[Basis], final: bool, money: bool) -> Basis:
    """What the last head alone decides: 差额 under 决算数比年初预算数增减, 目标 under 完成情况：目标值."""
    if _COMPARED.search(plain(path)) or _CHANGED.fullmatch(inner):
        return "差额"
    if _ADJUSTED.fullmatch(inner):
        return "调整后预算" if final else "调整"
    if (
        {"计划", "目标"} & heads
        and (_REACHED.fullmatch(inner) or _DOES.fullmatch(bare_end(inner)))
        and not (money and inner.startswith("实际") and "完成" not in inner)
    ):
        return "完成"
    if money and (_DONE.fullmatch(inner) or _PAID.fullmatch(bare_end(inner))):
        return "决算"
    own = basis_of(inner)
    return own if own in _OF_ITSELF else ""


@lru_cache(maxsize=4096)
def _side(text: str) -> Basis:
    """The basis of money under or beside a text that is nothing but a side: 执行, 2023年实际, 核定数."""
    if _ACTUAL.fullmatch(text):
        return "决算"
    if fixed := _FIXED.fullmatch(text):
        return "年初预算" if fixed[1] else "预算"
    told = basis_of(canonical(text)) if is_alias(text) else ""
    return told if told in ("决算", *_BUDGETS) else ""


@lru_cache(maxsize=4096)
def _neither(columns: tuple[str, ...], inner: str) -> bool:
    """Whether the heads speak of what is left, came in or was not done, and the last does not say otherwise."""
    whole = [plain(head) for head in columns if not tells(inner)]
    return inner.endswith(_NEITHER) or _UNDONE.match(inner) is not None or any(h.endswith(_NEITHER) for h in whole)


_SIDED = re.compile(
    r"(?:预算|决算|执行|目标|计划|任务|差额|差异|增减|增幅|降幅|调[整增减剂]|追[加减]|核[增减]|压减|节约|指标|批复|安排|采购|拨付|支出|支付)"
    r"(?:数|额|金额|值|总额|情况|合计|量)*$|^(?:实际|已|累计|全年|较|比)"
)


def _sided(label: str) -> bool:
    """Whether a row's label says on which basis it is (年初批复数), not what it is of (外贸稳增长奖励、消费券发放)."""
    told = basis_of(label)
    return told not in ("差额", "决算", "") or _SIDED.search(re.split("[(（:：]", plain(label))[0]) is not None


def _spent(caption: str, named: tuple[str, ...], dated: bool) -> Basis:
    """决算 for money that a flow of the year (本年支出) or a table of spending is of, where nothing says a budget.

    `dated`: the column says only of which year, so that the name of an expense (“三公”经费) is enough.
    """
    endings = words("spent") if dated else _FLOWS
    flows = any(bare_end(plain(text)).endswith(endings) for text in named)
    return "决算" if flows and not tells(caption) else ""


def tells(text: str) -> bool:
    """Whether a text names a basis by more than the word 支出."""
    return any(word != "支出" for word in basis_words(text))


def adjusted_is_final(found: Sequence[Spot]) -> bool:
    """Whether 调整数 is the budget after the change: it stands beside 年初数 and no other final budget, without a
    sign, and what was spent lies nearer to it than to its sum with the initial budget."""
    rows: dict[tuple[int, tuple[str, ...]], dict[Basis, Decimal]] = {}
    for spot in found:
        quantity, inner = figure(spot.cell), plain(spot.columns[-1]) if spot.columns else ""
        if quantity is None or not inner:
            continue
        if _ADJUSTED.fullmatch(inner):
            if quantity.value < 0 or quantity.text.lstrip()[:1] in "+＋" or "±" in inner:
                return False
            kind: Basis = "调整"
        else:
            kind = basis_of("".join(spot.columns))
        rows.setdefault((spot.row, spot.labels), {}).setdefault(kind, quantity.value)
    told = [row for row in rows.values() if {"年初预算", "调整", "决算"} <= row.keys()]
    if not told or any("调整后预算" in row for row in told):
        return False
    as_final = sum(abs(row["调整"] - row["决算"]) for row in told)
    as_change = sum(abs(row["年初预算"] + row["调整"] - row["决算"]) for row in told)
    return as_final < as_change
