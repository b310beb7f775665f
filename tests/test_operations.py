"""Around the answers: the audit log, gold from feedback, offered questions, chart data, settings, users by command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sql

from assistant import (
    Assistant,
    BadInput,
    Settings,
    add_gold,
    audit_rows,
    chart_shapes,
    examples,
    follow_ups,
    from_environment,
    gold_question,
    read_settings,
    record_answer,
    try_embedding,
    try_model,
    write_settings,
)

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "assistant" / "samples" / "chenghu-edu-2023.pdf"
QUESTION = "2023年支出决算数是多少？"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant(Settings(home=tmp_path_factory.mktemp("home"))) as opened:
        opened.add(SAMPLE)
        yield opened


@pytest.fixture(scope="module")
def answer(assistant: Assistant) -> dict[str, Any]:
    return assistant.ask_shape(QUESTION, chat="试", user="甲")


def heshu(home: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ui.cli", *arguments]
    environment = {**os.environ, "HESHU_HOME": str(home)}
    return subprocess.run(command, input=given, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=120)


def test_the_audit_log_leads_from_the_question_to_the_facts(assistant: Assistant, answer: dict[str, Any]) -> None:
    """Each row: who, when, the question, each figure with verdict and place, and by what it was made."""
    record_answer(assistant, "甲", answer, "试")
    row = audit_rows(assistant, "甲")["rows"][-1]
    assert (row["question"], row["user"], row["verdicts"]) == (QUESTION, "甲", {"一致": 1})
    assert row["facts"][0]["text"] == "79435.09万元"
    assert row["facts"][0]["places"] == [place["label"] for place in answer["figures"][0]["places"]]
    assert row["stamp"] == answer["stamp"]
    assert audit_rows(assistant, "乙")["rows"] == []


def test_a_changed_audit_log_is_told(tmp_path: Path) -> None:
    """`heshu audit` ends with 1 and names the row once somebody has changed one behind its back."""
    with Assistant(Settings(home=tmp_path)) as assistant:
        for number in range(3):
            assistant.store.audit.record("甲", "问答", json.dumps({"question": f"问{number}"}))
    assert heshu(tmp_path, "audit", "--json").returncode == 0
    engine = sql.create_engine(f"sqlite:///{tmp_path / 'heshu.sqlite'}")
    with engine.begin() as connection:
        connection.execute(sql.text("UPDATE audit SET body = '{}' WHERE number = 2"))
    ended = heshu(tmp_path, "audit")
    assert ended.returncode == 1
    assert "第 2 条" in ended.stderr


def test_a_confirmed_answer_measures_later_ones(assistant: Assistant, answer: dict[str, Any]) -> None:
    """Feedback becomes a gold question that `heshu eval` reads; the same one twice is refused."""
    gold = gold_question(assistant, answer, "79435.09万元。", ["支出决算79435.09万元"], True)
    assert (gold["report"], gold["type"]) == ("chenghu-edu-2023", "lookup")
    path = add_gold(assistant, gold)
    assert assistant.evaluate(path)["right"] == 1
    with pytest.raises(BadInput, match="已在"):
        add_gold(assistant, gold)


def test_what_a_report_does_not_say_becomes_an_unanswerable_question(
    assistant: Assistant, answer: dict[str, Any]
) -> None:
    """A correction that says what is missing keeps no figure to be looked for."""
    gold = gold_question(assistant, answer, "报告没有提供，缺2020年决算。", [], False)
    assert (gold["type"], gold["figures"], gold["answerable"]) == ("unanswerable", [], False)
    with pytest.raises(BadInput, match="正确答案"):
        gold_question(assistant, answer, "  ", [], True)


def test_only_questions_that_are_answered_are_offered(assistant: Assistant, answer: dict[str, Any]) -> None:
    """Every offered question, asked, is answered without a figure at fault; an empty library offers none."""
    offered = examples(assistant)
    assert offered
    assert not any(assistant.ask(one).refused for one in offered)
    assert QUESTION not in follow_ups(assistant, [], "试", "甲")


def test_charts_show_figures_of_the_ledger(assistant: Assistant) -> None:
    """The waterfall's steps add up exactly, and each rate is spent over budget of one row."""
    drawn = chart_shapes(assistant, str(assistant.reports()[0]["id"]))
    steps = {step["name"]: step["value"] for step in drawn["waterfall"]["steps"]}
    assert steps == {
        "年初预算": "78605.68", "调整": "2218.24", "调整后预算": "80823.92", "未执行": "-1388.83", "决算": "79435.09",
    }  # fmt: skip
    rates = {item["name"]: item["rate"] for item in drawn["execution"]["items"]}
    assert rates["学前教育发展专项"] == "76.30"
    assert not any("合计" in name for name in rates)


def test_settings_are_written_and_read_back(tmp_path: Path) -> None:
    """A changed setting holds at the next start; an empty one goes; the file is for its owner only."""
    write_settings(tmp_path, {"model": "openai:甲", "model_key": 'a"b'})
    write_settings(tmp_path, {"model": "", "model_timeout": "30"})
    kept = read_settings({}, tmp_path)
    assert (kept.model, kept.model_key, kept.model_timeout) == ("", 'a"b', 30)
    assert (tmp_path / "heshu.toml").stat().st_mode & 0o077 == 0
    with pytest.raises(BadInput):
        write_settings(tmp_path, {"model_timeout": "many"})
    assert read_settings({}, tmp_path) == kept
    assert from_environment({"HESHU_MODEL": "x", "PATH": "y"}) == ("model",)


def test_a_model_that_is_not_there_is_told_without_its_key() -> None:
    """One plain sentence on failure, and never the key."""
    good, said = try_model(
        Settings(model="openai:x", model_url="http://127.0.0.1:9/v1", model_key="sk-secret", model_timeout=2)
    )
    assert not good
    assert "没有作答" in said
    assert "sk-secret" not in said
    assert try_model(Settings())[0]
    assert try_embedding(Settings())[0]
    assert not try_embedding(Settings(embedding="/no/such/folder"))[0]


def test_users_are_set_by_command(tmp_path: Path) -> None:
    """The password comes by standard input and is nowhere to be seen; `list` names users, `remove` takes one out."""
    ended = heshu(tmp_path, "user", "add", "甲", given="correct horse\n")
    assert "已建立用户" in ended.stdout
    assert "correct" not in ended.stdout + (tmp_path / "users").read_text(encoding="utf-8")
    assert heshu(tmp_path, "user", "list").stdout.split() == ["甲"]
    assert heshu(tmp_path, "user", "add", "乙", given="short\n").returncode == 2
    assert heshu(tmp_path, "user", "remove", "甲").returncode == 0
    assert heshu(tmp_path, "user", "list").stdout.split() == []
