"""`make demo`: the whole road on the samples that ship with heshu, printed. Uses the Assistant like anybody else."""

from __future__ import annotations

import time
from pathlib import Path

from rich.rule import Rule

from assistant import Assistant, Settings, samples
from ui import console

HOME = Path("build/demo")
QUESTIONS = (
    ("2023年年初部门预算数是多少？", "chenghu-edu-2023.pdf"),
    ("复算项目支出预算执行率。", "chenghu-edu-2023.pdf"),
    ("“三公”经费比上年实际下降百分之几？", "chenghu-edu-2023.pdf"),
    ("表3中执行率最低的项目是哪一个，执行率是多少？", "chenghu-edu-2023.pdf"),
    ("固定资产利用率是多少？", "chenghu-edu-2023.pdf"),
    ("城市污水处理服务费的年初预算、调整后预算和执行数？", "yunling-water-2024.pdf"),
    ("疫情防控专项支出多少？", "qingtan-health-2022.html"),
)
"""Questions of the gold sets in tests/gold; their right answers stand there."""
STATEMENT = (
    "2023年，澄湖县教育局支出决算数为79435.09万元，其中基本支出58874.31万元。"
    "年末结转和结余675.60万元。年初部门预算数为80823.92万元。"
)
"""A stranger's text: the first sentence is right, the second swaps two digits, the third takes the wrong budget."""
REVIEWED = "chenghu-edu-2023.pdf"


def run(output: Path) -> None:
    """Reads, asks, verifies, reviews; everything stays in build/demo so that the web page can open it."""
    began = time.monotonic()
    with Assistant(Settings(home=HOME)) as assistant:
        _title("一、读入样例报告")
        with console.progress() as stage:
            known = {path.name: assistant.add(path, stage) for path in samples()}
        console.reports(list(known.values()))
        _title("二、提问（没有语言模型、没有网络）")
        for question, source in QUESTIONS:
            console.answer(assistant.ask_shape(question, [known[source]["id"]]))
        _title("三、核对别人写的一段话")
        console.check(assistant.verify_shape(STATEMENT, [known[REVIEWED]["id"]]))
        _title("四、复核意见")
        outcome = assistant.review_shape(known[REVIEWED]["id"])
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(outcome["memo"], encoding="utf-8")
    console.say(f"{len(outcome['findings'])} 条发现，{len(outcome['passed'])} 项通过的核对；复核意见已写入 {output}")
    for found in outcome["findings"][:5]:
        console.say(f"  {found['severity']} {found['title']}")
    console.say(f"\n用时 {time.monotonic() - began:.0f} 秒。打开网页：HESHU_HOME={HOME} .venv/bin/python -m ui")
    console.say("然后访问 http://127.0.0.1:7860 ；读自己的报告：.venv/bin/heshu add 报告.pdf")


def _title(text: str) -> None:
    console.OUT.print()
    console.OUT.print(Rule(text, align="left"))
