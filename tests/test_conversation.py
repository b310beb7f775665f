"""Conversations are kept with their verdicts, opened again exactly and exported; a question tells its stages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import pytest

from assistant import Assistant, BadInput, Settings
from assistant.answer import Answer
from assistant.conversation import Conversations
from ingest.store import Store

SAMPLES = Path(__file__).parent.parent / "assistant" / "samples"
QUESTION = "2022年支出决算数是多少？"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant(Settings(home=tmp_path_factory.mktemp("home"))) as one:
        one.add(SAMPLES / "chenghu-edu-2022.docx")
        yield one


def test_a_conversation_is_opened_again_exactly(assistant: Assistant) -> None:
    """What was answered, with verdicts, citations, notes and stamp, is what is read back."""
    given = [assistant.ask_shape(QUESTION, chat="甲"), assistant.ask_shape("那调整后预算呢？", chat="甲")]
    assert assistant.chat_shapes("甲") == given
    assert assistant.chats()[0] == {"chat": "甲", "title": QUESTION}


def test_everybody_sees_their_own_conversations(assistant: Assistant) -> None:
    """Two users may give their chats one name; neither reads the other's, nor exports it."""
    assistant.ask_shape(QUESTION, chat="同名", user="张")
    assistant.ask_shape("2022年年初预算数是多少？", chat="同名", user="李")
    assert [one["question"] for one in assistant.chat_shapes("同名", user="张")] == [QUESTION]
    assert [one["title"] for one in assistant.chats(user="李")] == ["2022年年初预算数是多少？"]
    with pytest.raises(BadInput):
        assistant.export_chat("同名", "md")


def test_an_export_holds_answers_verdicts_places_and_stamps(assistant: Assistant) -> None:
    """Markdown and Word say the same: question, answer, a row for each figure, citations, who answered."""
    given = assistant.ask_shape(QUESTION, chat="乙")
    markdown = assistant.export_chat("乙", "md").decode()
    document = docx.Document(io.BytesIO(assistant.export_chat("乙", "docx")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    figure = given["figures"][0]
    for text in ("\n".join(p.text for p in document.paragraphs) + "\n".join(cells), markdown.replace("\\", "")):
        assert QUESTION in text
        assert given["answer"] in text
        assert figure["text"] in text and "一致" in text
        assert figure["places"][0]["label"] in text
        assert given["citations"][0]["quote"].replace("|", "｜")[:20] in text
        assert given["stamp"]["heshu"] in text
    assert assistant.export_chat("乙", "docx") and assistant.export_chat("乙", "md") == markdown.encode()


def test_what_cannot_be_exported_is_said(assistant: Assistant) -> None:
    """An unknown form, or a chat that is not there."""
    assistant.ask_shape(QUESTION, chat="丙")
    with pytest.raises(BadInput, match="md、docx"):
        assistant.export_chat("丙", "pdf")
    with pytest.raises(BadInput, match="没有名为"):
        assistant.export_chat("没有过", "md")


def test_words_of_an_answer_are_no_layout(tmp_path: Path) -> None:
    """Marks in an answer or a quotation stay what they are: no heading, table, picture or link comes of them."""
    told = "# 不是标题\n| 不是表 | 格 |\n![图](http://x.test/a)"
    with Store(tmp_path) as store:
        chats = Conversations(store.journal, lambda: str)
        chats.keep("丁", Answer(question="问", text=told))
        assert chats.turns("丁")[0].text == told
        markdown = chats.export("丁", "md").decode()
        document = docx.Document(io.BytesIO(chats.export("丁", "docx")))
    assert "\n# 不是" not in markdown and "\n| 不是" not in markdown and "![" not in markdown
    assert len(document.tables) == 0


def test_a_question_tells_its_stages_and_then_the_answer(assistant: Assistant) -> None:
    """Every stage in order; the figures come last, behind their verdicts; the answer joins the chat."""
    *stages, last = assistant.ask_stream(QUESTION, chat="戊")
    order = list(dict.fromkeys(one["stage"] for one in stages))
    assert order == ["计划", "取数", "检索", "计算", "行文", "核数"]
    assert (last["stage"], assistant.chat_shapes("戊")) == ("答复", [last["answer"]])
    assert not any("74434" in one["text"] for one in stages)


def test_a_reader_who_leaves_keeps_nothing(assistant: Assistant) -> None:
    """A stream that is closed before its end leaves no answer in the chat."""
    stream = assistant.ask_stream(QUESTION, chat="己")
    next(stream)
    stream.close()  # type: ignore[attr-defined]  # it is a generator
    assert assistant.chat_shapes("己") == []


def test_a_bad_question_is_refused_at_once(assistant: Assistant) -> None:
    """Not only when the first stage is asked for."""
    with pytest.raises(BadInput, match="空的"):
        assistant.ask_stream("  ")


def test_askers_at_once_get_what_each_would_get_alone(assistant: Assistant) -> None:
    """Eight threads over one assistant: every answer is its own asker's, and every chat holds its own turns."""
    questions = [QUESTION, "2022年调整后预算数是多少？", "2022年年初预算数是多少？", "2022年预算执行率是多少？"] * 2
    alone = [assistant.ask_shape(question)["answer"] for question in questions]
    with ThreadPoolExecutor(len(questions)) as pool:
        asked = list(pool.map(lambda n: assistant.ask_shape(questions[n], chat="并发", user=f"{n}"), range(8)))
    assert [one["answer"] for one in asked] == alone
    assert [assistant.chat_shapes("并发", user=f"{n}") for n in range(8)] == [[one] for one in asked]
