"""Prompts and phrases as data, and their loader. Knows nothing of reports, figures or models."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt file: a head (name, version, use) and one part for each role, with $slots."""

    name: str
    version: str
    use: str
    digest: str
    parts: tuple[tuple[str, str], ...]
    """(role, template) in order."""

    @property
    def stamp(self) -> str:
        """What an answer says it was made with: `name@version#digest`."""
        return f"{self.name}@{self.version}#{self.digest}"

    def fill(self, **values: str) -> list[tuple[str, str]]:
        """(role, text) with every slot filled. KeyError names a slot that was given no value."""
        return [(role, Template(text).substitute(values)) for role, text in self.parts]


@cache
def load(name: str) -> Prompt:
    """The prompt `<name>.md`. FileNotFoundError where there is none."""
    text = files("prompts").joinpath(f"{name}.md").read_text(encoding="utf-8")
    _, head, body = text.split("---\n", 2)
    said = dict(line.split(":", 1) for line in head.splitlines() if ":" in line)
    parts = []
    for part in body.split("\n## ")[0:]:
        role, _, words = part.removeprefix("## ").partition("\n")
        if words.strip():
            parts.append((role.strip(), words.strip()))
    return Prompt(
        name=said["name"].strip(),
        version=said["version"].strip(),
        use=said.get("use", "").strip(),
        digest=_digest(text),
        parts=tuple(parts),
    )


@dataclass(frozen=True, slots=True)
class Phrases:
    """A file of phrases for the built-in writer: one template for each thing that it may say."""

    stamp: str
    templates: Mapping[str, str]

    def say(self, key: str, **values: str) -> str:
        """The phrase with its slots filled. KeyError where the phrase or a slot is unknown."""
        return Template(self.templates[key]).substitute(values)


@cache
def phrases(name: str) -> Phrases:
    """The phrases `<name>.toml`, stamped `name@version#digest`."""
    text = files("prompts").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return Phrases(f"{name}@{data['version']}#{_digest(text)}", data["phrases"])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
