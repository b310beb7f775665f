"""Settings come from the environment and heshu.toml, once, and an unknown one is an error that lists the known."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import read_settings
from ingest.errors import BadInput


def test_home_from_option_wins_over_the_environment(tmp_path: Path) -> None:
    """--home beats HESHU_HOME."""
    assert read_settings({"HESHU_HOME": "/elsewhere"}, home=tmp_path).home == tmp_path


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """A value in heshu.toml holds until the environment says otherwise."""
    (tmp_path / "heshu.toml").write_text('model = "openai:a"\nmodel_timeout = 5\n', encoding="utf-8")
    settings = read_settings({"HESHU_HOME": str(tmp_path), "HESHU_MODEL": "openai:b"})
    assert (settings.model, settings.model_timeout) == ("openai:b", 5)


def test_an_unknown_setting_is_refused_and_the_known_are_listed() -> None:
    """A misspelt variable never passes silently."""
    with pytest.raises(BadInput, match=r"HESHU_MODLE.*HESHU_MODEL"):
        read_settings({"HESHU_MODLE": "x"})


@pytest.mark.parametrize("text", ["modle = 'x'", "model = ", "\xff"])
def test_a_bad_settings_file_is_named(tmp_path: Path, text: str) -> None:
    """A wrong key, broken TOML or wrong encoding names the file."""
    (tmp_path / "heshu.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(BadInput, match=r"heshu\.toml"):
        read_settings({"HESHU_HOME": str(tmp_path)})


@pytest.mark.parametrize("value", ["soon", "0", "-1", "4000", "1.5"])
def test_a_timeout_is_a_whole_number_of_seconds(value: str) -> None:
    """Anything else is refused with the value it had."""
    with pytest.raises(BadInput, match=value):
        read_settings({"HESHU_HOME": "/x", "HESHU_MODEL_TIMEOUT": value})


def test_nothing_is_created(tmp_path: Path) -> None:
    """Reading settings makes no folder."""
    read_settings({"HESHU_HOME": str(tmp_path / "new")})
    assert list(tmp_path.iterdir()) == []
