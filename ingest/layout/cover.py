"""What a report says of itself on its cover and in its title: title, department, year under review."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.layout.headings import numbering
from ingest.layout.words import ends, squeeze, stem, words
from ingest.report import Table, grid

YEAR = re.compile(r"(20\d\d)\s*年")
CHINESE_YEAR = re.compile(r"二[〇○零O]([〇○零一二三四五六七八九])([〇○零一二三四五六七八九])年")
DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
SEAL = re.compile(r"[（(](?:公章|盖章|签章|印章|章)[）)]")
STOP = re.compile(r"(?:填报人|填表人|联系人|联系电话|电话|填报日期|报告日期|预算编码|负责人|日期|发布日期)")
HEAD = 25
"""How many leading texts may carry the cover and the title."""


def title_of(texts: Sequence[str], preferred: Sequence[str] = ()) -> str:
    """The title: the first line worded as one, with the department's line above it where the title is broken in two.

    `preferred` are texts that the file itself styles as a title.
    """
    for text in preferred:
        if reads_as_title(text):
            return text.strip()
    lines = [text.strip() for text in texts[:HEAD]]
    titles = [at for at, line in enumerate(lines) if reads_as_title(line)]
    if not titles:
        return next((text.strip() for text in preferred), "")
    fullest = max(titles, key=lambda at: (named(lines[at]), bool(year_in(lines[at])), -at))
    line = lines[fullest]
    above = lines[fullest - 1] if fullest else ""
    if above and not named(line) and len(squeeze(above)) <= 40 and broken_title(above):
        return above + line
    return line


def named(title: str) -> bool:
    """Whether a title opens with the name of a body."""
    return department_in_title(title) != ""


def broken_title(above: str) -> bool:
    """Whether a line is the upper half of a title: a body's name, a year, or both, and nothing else."""
    bare = stem(YEAR.sub("", squeeze(above)).removesuffix("度"))
    return not re.search(r"[：:。，；、]", above) and (bare == "" or bare.endswith(words("department_endings")))


def reads_as_title(text: str) -> bool:
    """Whether a line is worded as the title of a report: 绩效…报告, short, unnumbered, no sentence."""
    bare = squeeze(text)
    if not 4 <= len(bare) <= 60 or re.search(r"[。；：:，,！？]", bare) or numbering(bare):
        return False
    return ends(bare, "title_endings") and any(word in bare for word in words("title_words"))


def year_in(text: str) -> int | None:
    """The first year named in a text, in either script: 2023年, 二〇二三年."""
    if match := YEAR.search(text):
        return int(match[1])
    if match := CHINESE_YEAR.search(squeeze(text)):
        return int("20" + DIGITS.get(match[1], "0") + DIGITS.get(match[2], "0"))
    return None


def year_of(title: str, texts: Sequence[str]) -> int | None:
    """The year under review (评价年度): the title's, the cover's 年度, else the year named most often as 年度."""
    if (year := year_in(title)) is not None:
        return year
    for text in texts[:HEAD]:
        if match := re.search(r"(20\d\d)\s*年(?:度|[^，。；]{0,8}(?:预算|决算)(?!数))", text):
            return int(match[1])
    counted = Counter(match[1] for text in texts for match in re.finditer(r"(20\d\d)\s*年度", text))
    if not counted:
        counted = Counter(match[1] for text in texts for match in YEAR.finditer(text))
    return int(counted.most_common(1)[0][0]) if counted else None


def department_in_title(title: str) -> str:
    """The body named before the year in a title: 某县教育局2023年度… → 某县教育局."""
    bare = squeeze(title)
    head = re.split(r"20\d\d年|二[〇○零].{2}年|关于|部门整体|部门预算|单位整体|整体支出|项目支出|绩效", bare)[0]
    if not head:
        about = re.search(
            r"年度?(.+?)(?:部门整体|单位整体|整体支出|整体绩效|部门预算|部门决算|项目支出|预算绩效|绩效)", bare
        )
        head = about[1] if about else ""
    return head if is_body(head) else ""


def is_body(name: str) -> bool:
    """Whether a name ends like a body of government (局, 委员会, 人民政府 …) and names more than that word."""
    plain = stem(name)
    return (
        3 <= len(plain) <= 30
        and plain.endswith(words("department_endings"))
        and not plain.startswith(("部门", "单位", "本"))
    )


def labelled(text: str) -> str:
    """The body named after a label: 部门名称（公章）：某局 填报人：… → 某局."""
    bare = SEAL.sub("", squeeze(text))
    for label in words("department_labels"):
        if match := re.search(rf"(?:^|[^\u4e00-\u9fff）)]){re.escape(label)}[：:]([^：:，。；]+)", bare):
            name = STOP.split(SEAL.sub("", match[1]))[0]
            if is_body(name):
                return name
    return ""


def department_of(title: str, texts: Sequence[str], tables: Iterable[Table]) -> str:
    """The department (部门): a labelled line of the cover, the title, a labelled cell, or a cover line on its own."""
    for text in texts[:HEAD]:
        if name := labelled(text):
            return name
    if name := department_in_title(title):
        return name
    for table in tables:
        for row in grid(table):
            for label, value in pairwise(row):
                if SEAL.sub("", squeeze(label)) in words("department_labels") and is_body(squeeze(value)):
                    return squeeze(value)
    alone = [squeeze(text) for text in (*texts[:HEAD], *texts[-5:])]
    return next((text for text in alone if is_body(text) and not re.search(r"[，。：:；、]", text)), "")
