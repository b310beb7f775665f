"""Where one year ends and the next begins (年末结转、年初结转): what is held against what."""

from __future__ import annotations

import re

Cores = dict[tuple[str, int | None], str]
"""The measure asked of each department and year."""
_BOTH_ENDS = re.compile("(?:今年|本年|报告)度?的?|[年期]?[末初底]|数据?|[和与跟同的能否是不]")
"""What stands around the thing where both ends are named: 末结转结余和今年年初数."""


def opened(cores: Cores, question: str) -> Cores:
    """上年末结转结余和今年年初数一致吗: the end of the earlier year and the beginning of the later one, both said."""
    if len(cores) != 2 or not ("末" in question and re.search("初(?!预算|批复)", question)):
        return {}
    what = max((_BOTH_ENDS.sub("", core) for core in cores.values()), key=len)
    ends = {min(cores, key=lambda key: key[1] or 0): "年末", max(cores, key=lambda key: key[1] or 0): "年初"}
    return {key: ends[key] + what for key in cores} if what else {}


def carried(cores: Cores) -> Cores:
    """2022年末结转结余在2023年对得上吗: what one year left is what the next one opens with."""
    shared = set(cores.values())
    first = min((year or 0 for _, year in cores), default=0)
    if len(shared) != 1 or "年末" not in next(iter(shared)):
        return cores
    return {key: core if key[1] == first else core.replace("年末", "年初") for key, core in cores.items()}
