"""What a note on the original says of a finding (批注), the same in Word and PDF."""

from __future__ import annotations

from assistant.answer import Finding
from assistant.review.masking import masked

AUTHOR = "核数"


def remark(finding: Finding) -> str:
    """Grade and title, what stands there, the recomputation and the request; names and telephones masked."""
    parts = [f"{finding.severity} {finding.title}", finding.fact, finding.working, finding.request]
    return masked("\n".join(part for part in parts if part))
