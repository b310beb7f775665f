"""Names as reviewers shorten or mistype them, put as the report's own; nothing is put where several fit."""

from __future__ import annotations

import pytest

from assistant.builtin.facts.lens import lens
from assistant.builtin.facts.nicknames import respelled
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report

REPORT = (
    "政府采购预算1865.00万元，政府采购支出1792.46万元。",
    "全年接处警86420起，办理身份证28460张，按期办结28432张，结转结余率为1.61%。",
    "智慧安防小区建设经费1120.00万元，上级补助资金300.00万元。",
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("政采执行率多少", "政府采购执行率多少"),
        ("全年接警多少起", "全年接处警多少起"),
        ("智惠安防小区建设经费多少", "智慧安防小区建设经费多少"),
        ("身份证按期办结率", "身份证按期办结率"),
        ("本级补助资金多少", "本级补助资金多少"),
        ("巡特警大队多少人", "巡特警大队多少人"),
    ],
)
def test_a_nickname_is_put_in_full(said: str, meant: str) -> None:
    """政采 is 政府采购; 办|结率 torn out of 办结率 is none of 结转结余率, and 本级 is no slip of 上级."""
    made = report(*REPORT)
    assert respelled(said, lens((Reading(made, facts(made)),))) == meant
