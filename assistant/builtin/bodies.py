"""What a department is called in a question: 澄湖县教育局, 县教育局, 教育局, or its place alone (澄湖县)."""

from __future__ import annotations

import re


def called(department: str) -> list[str]:
    """All ways to name a department, the longest first."""
    tail = re.sub(r"^.*[省市区县旗盟州](?=.{2,}$)", "", department)
    place = department.removesuffix(tail)
    return [name for name in dict.fromkeys((department, place[-1:] + tail, tail, place)) if len(name) >= 3]


def mentioned(department: str, question: str) -> str:
    """The words by which a question names a department, "" where it does not."""
    return next((name for name in called(department) if name in question), "")
