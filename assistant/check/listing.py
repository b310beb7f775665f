"""Names that a text lists beside a count (6个项目，分别是甲、乙…; 甲、乙两个部门). Reads only, judges nothing."""

from __future__ import annotations

import re

_AFTER = re.compile(
    r"^[^，,。；：:（()\d]{0,14}?(?:（|\(|[：:，,]?\s*(?:分别是?为?|包括|即|有|为|是)[：:]?|[：:])\s*(?P<names>[^。；）)\n]+)"
)
_BEFORE = re.compile(r"(?:^|[，,。；：:（(])(?P<names>[^，,。；：:（()\d]{2,}、[^，,。；：:（()\d]+)$")
_JOINT = re.compile("、|以及|和|与|及")


def listed(before: str, after: str) -> tuple[tuple[str, ...], ...]:
    """The names beside a count, in each way that the list may be read (和 may join two names or stand in one)."""
    found = []
    for match in (_AFTER.match(after), _BEFORE.search(before)):
        names = next((part for part in re.split("[，,]", match["names"]) if "、" in part), "") if match else ""
        if names:
            *first, last = names.split("、")
            found += [(*first, last), (*first, *_JOINT.split(last))]
    return tuple(found)
