"""What README shows is what the program prints: `make docs` writes the example anew, this test compares it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from assistant import Assistant, Settings
from ui import console

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
SAMPLE = ROOT / "assistant" / "samples" / "chenghu-edu-2023.pdf"
QUESTION = "复算项目支出预算执行率。"
STATEMENT = "2023年支出决算数为79435.09万元，年末结转和结余675.60万元，年初部门预算数为80823.92万元。"
BLOCK = re.compile(r"(<!-- example:begin -->\n).*?(<!-- example:end -->)", re.DOTALL)


def example(home: Path) -> str:
    """The two commands of the README with what they print."""
    console.OUT.width = 400
    with Assistant(Settings(home=home)) as assistant, console.OUT.capture() as printed:
        report = assistant.add(SAMPLE)["id"]
        console.OUT.print(f'$ heshu ask "{QUESTION}" --report 报告.pdf')
        console.answer(assistant.ask_shape(QUESTION, [report]))
        console.OUT.print(f'\n$ heshu verify "{STATEMENT}" --report 报告.pdf')
        console.check(assistant.verify_shape(STATEMENT, [report]))
    lines = [line.rstrip() for line in printed.get().splitlines()]
    return "```console\n" + "\n".join(lines) + "\n```\n"


def test_the_example_is_what_heshu_prints(tmp_path: Path) -> None:
    """The question and the checked text of the README, word for word."""
    text = README.read_text(encoding="utf-8")
    block = BLOCK.search(text)
    assert block is not None
    fresh = block[1] + example(tmp_path) + block[2]
    if os.environ.get("UPDATE_DOCS"):
        README.write_text(text.replace(block[0], fresh), encoding="utf-8")
    assert fresh in README.read_text(encoding="utf-8")


def test_every_command_is_in_the_readme() -> None:
    """A command that exists is named, and no other is."""
    import typer

    from ui.cli import app

    group = typer.main.get_command(app)
    names = set(group.commands)  # type: ignore[attr-defined]  # a group, by construction
    said = set(re.findall(r"`(?:heshu )?([a-z]+)(?: [^`]*)?`", README.read_text(encoding="utf-8")))
    assert names - {"demo"} <= said


def test_the_pictures_of_the_readme_are_there_and_small() -> None:
    """Each picture named is in the project; `make docs` takes them anew from the sample report."""
    named = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README.read_text(encoding="utf-8"))
    sizes = [(ROOT / name).stat().st_size for name in named]
    assert sizes
    assert sum(sizes) <= 300_000


def test_every_setting_is_in_the_readme() -> None:
    """Each HESHU_* variable that is read stands in the table."""
    from dataclasses import fields

    text = README.read_text(encoding="utf-8")
    assert [field.name for field in fields(Settings) if f"HESHU_{field.name.upper()}" not in text] == []
