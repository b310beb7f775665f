"""The command line is a contract: stable keys, one JSON object, exit codes 0, 1 and 2, Chinese sentences."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parent.parent / "assistant" / "samples"
REPORT = SAMPLES / "chenghu-edu-2022.docx"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def heshu(home: Path, *arguments: str, stdin: str = "", code: int = 0) -> str:
    """Runs the command as a user does, in a process of its own."""
    environment = {**os.environ, "HESHU_HOME": str(home), "PYTHONUTF8": "0", "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments],
        input=stdin.encode(),
        capture_output=True,
        env=environment,
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stderr.decode("utf-8", "replace")
    return (done.stdout if code == 0 or done.stdout else done.stderr).decode("utf-8")


def keys(value: dict[str, Any]) -> set[str]:
    return set(value)


@pytest.fixture(scope="module")
def added(home: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(heshu(home, "add", str(REPORT), "--json"))["reports"][0]
    return found


def test_add_says_what_was_read(added: dict[str, Any]) -> None:
    """`heshu add --json` gives the agreed keys; department and year are recognised."""
    assert keys(added) == {
        "id", "title", "department", "year", "source", "pages", "tables", "facts", "chunks", "findings", "seconds",
        "known",
    }  # fmt: skip
    assert (added["department"], added["year"], added["tables"], added["known"]) == ("澄湖县教育局", 2022, 3, False)


def test_the_same_bytes_are_known(home: Path, added: dict[str, Any], tmp_path: Path) -> None:
    """A second time, and under another name, nothing is read again."""
    copy = tmp_path / "另一个名字.docx"
    copy.write_bytes(REPORT.read_bytes())
    again = json.loads(heshu(home, "add", str(copy), "--json"))["reports"][0]
    assert again == {**added, "known": True}


def test_ask_answers_with_judged_figures_and_sources(home: Path, added: dict[str, Any]) -> None:
    """The answer carries figures with verdicts and places, and quotations with their place."""
    answer = json.loads(heshu(home, "ask", "2022年支出决算数是多少？", "--report", added["id"], "--json"))
    assert keys(answer) == {
        "question", "answer", "refused", "missing", "figures", "citations", "notes", "writer", "stamp"
    }  # fmt: skip
    assert "74434.38" in answer["answer"].replace(",", "")
    figure = answer["figures"][0]
    assert keys(figure) >= {"text", "value", "unit", "verdict", "working", "places"}
    assert keys(figure["places"][0]) >= {"report", "page", "table", "row", "col", "label"}
    assert keys(answer["citations"][0]) >= {"report", "page", "place", "quote"}


def test_a_conversation_is_led_listed_and_exported(home: Path, added: dict[str, Any], tmp_path: Path) -> None:
    """Lines of standard input are questions of one conversation; it is exported with its verdicts."""
    led = heshu(home, "talk", "讨论", "--report", added["id"], stdin="2022年支出决算数是多少？\n那调整后预算呢？\n")
    assert "74434.38" in led and "76337.00" in led
    assert {"chat": "讨论", "title": "2022年支出决算数是多少？"} in json.loads(heshu(home, "chat", "--json"))["chats"]
    exported = heshu(home, "chat", "讨论")
    assert "## 2. 那调整后预算呢？" in exported and "一致" in exported
    heshu(home, "chat", "讨论", "--format", "docx", "-o", str(tmp_path / "讨论.docx"))
    assert (tmp_path / "讨论.docx").read_bytes()[:2] == b"PK"


def test_compare_puts_measures_side_by_side(home: Path, added: dict[str, Any]) -> None:
    """Columns, rows and cells with the agreed keys; a person sees the table."""
    shape = json.loads(heshu(home, "compare", "--report", added["id"], "-m", "决算", "-m", "执行率", "--json"))
    assert [keys(one) for one in shape["columns"]] == [{"name", "department", "year", "reports"}]
    assert [row["measure"] for row in shape["rows"]] == ["支出决算", "预算执行率"]
    assert keys(shape["rows"][0]["cells"][0]) == {
        "text", "verdict", "label", "written", "period", "basis", "working", "reason", "change", "places", "quote"
    }  # fmt: skip
    assert "74434.38万元" in heshu(home, "compare", "--report", added["id"], "-m", "决算")


def test_many_questions_come_back_in_order(home: Path, added: dict[str, Any], tmp_path: Path) -> None:
    """-f takes plain lines and JSON lines; one object a line comes back, a bad line stops none of the others."""
    batch = tmp_path / "questions.jsonl"
    lines = [
        json.dumps({"id": "a", "question": "年末在职人数是多少？", "report": added["id"]}),
        "2022年年末结转和结余多少？",
        '{"id": "b", "question": ',
        json.dumps({"id": "c", "question": "编制总数是多少？", "report": "没有这份"}),
    ]
    batch.write_text("\n".join(lines), encoding="utf-8")
    out = [json.loads(line) for line in heshu(home, "ask", "-f", str(batch), code=2).splitlines()]
    assert [sorted({"id", "answer", "error"} & keys(one)) for one in out] == [
        ["answer", "id"], ["answer"], ["error"], ["error", "id"]
    ]  # fmt: skip


def test_verify_strict_ends_with_1_on_a_wrong_figure(home: Path, added: dict[str, Any]) -> None:
    """A figure at fault is named with the right value; --strict makes it the exit code."""
    out = heshu(home, "verify", "-", "--json", "--strict", stdin="2022年支出决算数为74434.83万元。", code=1)
    checked = json.loads(out)
    assert checked["sentences"][0]["verdict"] == "false"
    assert "74434.38" in checked["figures"][0]["working"].replace(",", "")


def test_verify_takes_a_file_as_its_report(home: Path) -> None:
    """A file stands for the report with its bytes."""
    checked = json.loads(heshu(home, "verify", "2022年支出决算数为74434.38万元。", "--report", str(REPORT), "--json"))
    assert checked["sentences"][0]["verdict"] == "true"


def test_review_gives_findings_indicators_and_memo(home: Path, added: dict[str, Any]) -> None:
    """`heshu review --format json` gives the agreed keys."""
    review = json.loads(heshu(home, "review", added["id"], "--format", "json"))
    assert keys(review) == {"report", "findings", "passed", "indicators", "memo"}
    assert keys(review["findings"][0]) == {
        "id", "rule", "severity", "category", "title", "fact", "working", "request", "basis", "places", "quotes"
    }  # fmt: skip
    assert {one["status"] for one in review["indicators"]} <= {"computed", "conditional", "missing"}


def test_tables_and_facts_need_no_data_folder(tmp_path: Path) -> None:
    """They read the file and leave nothing behind."""
    tables = json.loads(heshu(tmp_path / "none", "tables", str(REPORT), "--json"))["tables"]
    facts = json.loads(heshu(tmp_path / "none", "facts", str(REPORT), "--json"))["facts"]
    assert keys(tables[0]) >= {"page", "caption", "unit", "header_rows", "header_cols", "grid", "spans", "continues"}
    assert keys(facts[0]) == {
        "subject", "measure", "period", "basis", "value", "unit", "text", "page", "table", "row", "col", "quote",
        "certain",
    }  # fmt: skip
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ask", "多少？", "--report", "没有的报告"), "没有找到报告"),
        (("add", "没有的文件.pdf"), "打不开文件"),
        (("ask", "  "), "问题"),
        (("remove", "没有的报告"), "没有找到报告"),
        (("ask", "多" * 4001), "4000"),
    ],
)
def test_bad_use_is_one_chinese_sentence_and_exit_code_2(home: Path, arguments: tuple[str, ...], says: str) -> None:
    """No traceback: what is wrong and what to do."""
    out = heshu(home, *arguments, code=2)
    assert says in out.replace("\n", "")
    assert "Traceback" not in out


def test_help_and_checker_load_no_heavy_library(home: Path, added: dict[str, Any]) -> None:
    """`--help`, verify, tables and facts import no torch, transformers, sklearn or gradio."""
    script = (
        "import sys; from ui.cli import app\n"
        "for words in (['--help'], ['verify', '预算数为1万元。'], ['tables', sys.argv[1]], ['facts', sys.argv[1]]):\n"
        "    try: app(words, standalone_mode=False)\n"
        "    except SystemExit: pass\n"
        "heavy = {'torch', 'transformers', 'sklearn', 'gradio', 'langchain'} & set(sys.modules)\n"
        "sys.exit(','.join(sorted(heavy)) or 0)"
    )
    environment = {**os.environ, "HESHU_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", script, str(REPORT)], capture_output=True, env=environment, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-500:]


def test_remove_takes_the_report_out(home: Path, added: dict[str, Any]) -> None:
    """After `remove` the list no longer has it."""
    heshu(home, "remove", added["id"])
    assert json.loads(heshu(home, "reports", "--json"))["reports"] == []
