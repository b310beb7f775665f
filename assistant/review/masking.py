"""Personal names and telephone numbers taken out of what the memo quotes (姓名、电话脱敏)."""

from __future__ import annotations

import re

_PHONE = re.compile(r"(?<![\d.,])(?:1[3-9]\d{9}|0\d{2,3}[-－ ]?\d{7,8}|\d{7,8}(?=转))(?![\d.,]|万|元)")
ROLES = (
    *("填报人", "联系人", "负责人", "经办人", "复核人", "审核人", "主评人", "项目负责人", "财务负责人", "单位负责人"),
    *("填表人", "制表人", "局长", "主任"),
)
_ROLE = re.compile(rf"((?:{'|'.join(ROLES)})\s*[（(]?(?:签[字章名])?[)）]?[：:] ?)([一-鿿]{{2,4}})(?![一-鿿])")


def masked(text: str) -> str:
    """The text with phone numbers as 〔电话〕 and names behind 填报人： and the like as 〔姓名〕."""
    return _PHONE.sub("〔电话〕", _ROLE.sub(r"\1〔姓名〕", text))
