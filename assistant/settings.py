"""All settings, read once at the door (command line, web page, benchmarks) from heshu.toml and the environment."""

from __future__ import annotations

import json
import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from ingest.errors import BadInput

PREFIX = "HESHU_"
IN_TESTS_ONLY = {"HESHU_SHARED"}
"""Read by the test suite, not by the program; not an unknown setting."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Each field `x` is set by `HESHU_X` or by `x = …` in heshu.toml; the environment wins."""

    home: Path = Path()
    """Data folder (数据目录)."""
    model: str = ""
    """Language model as `provider:name` (openai:qwen-plus); empty: the built-in writer only."""
    model_url: str = ""
    """Base URL of an OpenAI-compatible server (vLLM, Ollama, DeepSeek, Qwen)."""
    model_key: str = ""
    """Key of the model service, where the provider's own variable is not used."""
    model_timeout: int = 60
    """Seconds that an answer of the model may take before the built-in writer stands in."""
    embedding: str = ""
    """Name or path of a sentence-transformers model; empty: the embedded one."""
    chroma: str = ""
    """URL of a `chroma run` server; empty: embedded."""
    database: str = ""
    """SQLAlchemy URL; empty: SQLite in the data folder."""


def default_home() -> Path:
    """The platform's data folder for heshu; nothing is created."""
    from platformdirs import user_data_path

    return user_data_path("heshu", appauthor=False)


def read_settings(environment: Mapping[str, str] | None = None, home: Path | None = None) -> Settings:
    """Settings of this run. `home` (from --home) wins over HESHU_HOME. Raises BadInput on an unknown name."""
    given = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in (os.environ if environment is None else environment).items()
        if name.startswith(PREFIX) and name not in IN_TESTS_ONLY
    }
    _refuse_unknown(given, "环境变量", PREFIX)
    folder = home or (Path(given["home"]) if given.get("home") else default_home())
    merged = {**_from_file(folder / "heshu.toml"), **{name: value for name, value in given.items() if name != "home"}}
    return replace(_typed(merged), home=folder.expanduser())


def write_settings(home: Path, changes: Mapping[str, str]) -> Settings:
    """Change heshu.toml of a data folder; an empty value takes a setting out. What was written holds from the next
    start. Raises BadInput on an unknown name or a value that will not do; then the file stays as it was."""
    path = home / "heshu.toml"
    kept = {name: value for name, value in {**_from_file(path), **changes}.items() if value}
    _refuse_unknown(kept, "要写入的", "")
    written = _typed(kept)
    home.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"heshu.toml.{secrets.token_hex(4)}")
    text = "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in sorted(kept.items()))
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    aside.replace(path)
    return replace(written, home=home)


def from_environment(environment: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Names of settings that the environment gives: heshu.toml cannot change these."""
    given = os.environ if environment is None else environment
    return tuple(sorted(name.removeprefix(PREFIX).lower() for name in given if name.startswith(PREFIX)))


def _from_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"设置文件 {path} 不是合法的 TOML：{error}。请更正后重试。") from error
    _refuse_unknown(values, f"设置文件 {path} 的", "")
    return {name: str(value) for name, value in values.items() if name != "home"}


def _refuse_unknown(given: Mapping[str, object], where: str, prefix: str) -> None:
    known = {field.name for field in fields(Settings)}
    unknown = sorted(set(given) - known)
    if unknown:
        names = "、".join(prefix + (name.upper() if prefix else name) for name in unknown)
        choices = "、".join(prefix + (name.upper() if prefix else name) for name in sorted(known))
        raise BadInput(f"{where}设置 {names} 不认识。可用的设置有：{choices}。")


def _typed(values: Mapping[str, str]) -> Settings:
    timeout = values.get("model_timeout", "60")
    if not timeout.isdecimal() or not 1 <= int(timeout) <= 3600:
        raise BadInput(f"model_timeout 应为 1 至 3600 的整数秒，现为“{timeout}”。")
    texts = {name: value for name, value in values.items() if name != "model_timeout"}
    return Settings(model_timeout=int(timeout), **texts)  # type: ignore[arg-type]  # home is never among them
