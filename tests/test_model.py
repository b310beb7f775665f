"""The language-model road over real sockets: a right draft is used, any failure leaves the built-in answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.model import Spoken, ask_model, open_model, parse, speak
from assistant.settings import Settings
from ingest.errors import BadInput, Unavailable
from tests.model_server import Play, serving

SAMPLE = Path(__file__).parent.parent / "assistant" / "samples" / "chenghu-edu-2022.docx"


def asked(play: Play, seconds: int = 5) -> str:
    with serving(play) as url:
        model = open_model(Settings(model="openai:m", model_url=url, model_timeout=seconds))
        return ask_model(model, [("system", "s"), ("human", "q")], seconds).draft.answer


def test_a_streamed_json_draft_is_read() -> None:
    """The JSON object asked for, arriving in pieces, gives the answer."""
    assert asked(Play(say=lambda _: json.dumps({"answer": "支出{{F1}}", "refused": False}))) == "支出{{F1}}"


def test_an_ignored_format_falls_back_to_the_plain_text() -> None:
    """A model that writes prose is still read; the gate judges its digits."""
    assert asked(Play(say=lambda _: "支出为123万元。")) == "支出为123万元。"


def test_the_first_word_is_that_it_was_asked() -> None:
    """0 comes before the model says anything: its reader can do something else. Hundreds of pieces come in few."""
    play = Play(say=lambda _: "好" * 3000, stall=0.5)
    with serving(play) as url:
        model = open_model(Settings(model="openai:m", model_url=url))
        *heard, spoken = speak(model, [("human", "q")], 5)
    assert heard[0] == 0 and heard == sorted(heard) and len(heard) < 20  # type: ignore[type-var]
    assert isinstance(spoken, Spoken) and spoken.draft.answer == "好" * 3000


@pytest.mark.parametrize(
    "event",
    [
        "[]",
        "7",
        '"x"',
        '{"choices": 3}',
        '{"choices": [{"delta": 5}]}',
        '{"choices": [{}]}',
        '{"error": {"message": "x"}}',
    ],
)
def test_an_event_that_is_no_piece_of_an_answer_ends_it(event: str) -> None:
    """Whatever stands where a piece should, the reader is told that the service failed, and nothing else happens."""
    with pytest.raises(Unavailable, match=r"模型服务.*错"):
        asked(Play(say=lambda _: "好" * 50, raw=f"data: {event}\n\n".encode()))


@pytest.mark.parametrize(
    ("play", "seconds"),
    [
        (Play(status=500), 5),
        (Play(status=429), 5),
        (Play(say=lambda _: "半句话没有说完", cut=True), 5),
        (Play(say=lambda _: "停在中间不再说话", stall=30), 1),
        (Play(say=lambda _: "开头", endless=True), 5),
        (Play(say=lambda _: "  "), 5),
    ],
    ids=["500", "429", "cut stream", "stall", "endless", "empty"],
)
def test_every_failure_is_one_kind_of_error(play: Play, seconds: int) -> None:
    """Refusals, cut or stalled or endless streams and empty answers all raise Unavailable with a reason."""
    with pytest.raises(Unavailable):
        asked(play, seconds)


def test_nobody_listening_is_said_so() -> None:
    """A server that is not there is Unavailable too."""
    model = open_model(Settings(model="openai:m", model_url="http://127.0.0.1:9/v1", model_timeout=2))
    with pytest.raises(Unavailable):
        ask_model(model, [("human", "q")], 2)


@pytest.mark.parametrize(
    ("model", "says"),
    [("gpt", "提供方"), (":m", "提供方"), ("nobody:m", "打不开"), ("openai:m", "密钥"), ("cohere:m", "程序包")],
    ids=["no provider", "no name", "unknown provider", "no key", "package not installed"],
)
def test_a_model_that_cannot_be_opened_is_one_sentence(model: str, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the provider's package raises, the message is short and says what to do."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(BadInput, match=says) as caught:
        open_model(Settings(model=model))
    assert "\n" not in str(caught.value)


def test_a_model_that_cannot_be_opened_costs_nobody_an_answer(tmp_path: Path) -> None:
    """The built-in writer answers, and says why it does."""
    with Assistant(Settings(home=tmp_path, model="nobody:m")) as assistant:
        report = assistant.add(SAMPLE)["id"]
        answer = assistant.ask("2022年支出决算数是多少？", [report])
    assert "74434.38" in answer.text
    assert "打不开模型" in answer.notes[0] and "内置" in answer.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        '```json\n{"answer": "好"}\n```',
        '前言 {"answer": "好"} 后语',
        '<think>{"answer": "坏"}</think>{"answer": "好"}',
        '{不是} {"answer": "好"} {"answer": "再来"}',
        "<think>想一想</think>好",
        "好",
    ],
)
def test_a_draft_is_found_in_what_surrounds_it(text: str) -> None:
    """Fences and chatter around the object do not matter."""
    assert parse(text).answer == "好"


@pytest.mark.parametrize(
    "text", ['{"answer": "半', '{"answer": ["好"]}', '{"reply": "好"}', "<think>想个没完", "{" * 9000]
)
def test_a_broken_object_is_no_answer(text: str) -> None:
    """JSON that was asked for and came broken, or thoughts without words: the built-in answer is better."""
    with pytest.raises(Unavailable):
        parse(text)


def test_a_busy_server_is_asked_again() -> None:
    """Two refusals with 429, and the third request is answered; a server that stays busy is given up on."""
    play = Play(say=lambda _: "好", busy=2)
    assert asked(play) == "好"
    assert len(play.requests) == 3
    with pytest.raises(Unavailable, match="429"):
        asked(Play(say=lambda _: "好", busy=9))


def test_structured_output_is_asked_for_and_done_without() -> None:
    """A server that knows JSON mode is asked for it; one that refuses the option is asked again without it."""
    able, unable = Play(say=lambda _: '{"answer": "好"}'), Play(say=lambda _: "好", plain=True)
    assert (asked(able), asked(unable)) == ("好", "好")
    assert [("response_format" in body) for body in (*able.requests, *unable.requests)] == [True, True, False]
