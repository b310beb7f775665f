"""The PDF original with a highlight and a note at every cell and sentence that a finding points at."""

from __future__ import annotations

from assistant.answer import Review
from assistant.review.remarks import AUTHOR, remark
from ingest.report import Report

COLOURS = {"P0": (255, 120, 110), "P1": (255, 205, 80), "P2": (150, 205, 255), "提示": (180, 230, 170)}
"""Red, amber, blue, green by gravity."""


def annotated_pdf(original: bytes, report: Report, review: Review) -> bytes:
    """A copy of a PDF report with the review's findings on its pages, one note for each page that a finding is on."""
    from ingest.pdf import Remark, annotated, boxes_of

    remarks = []
    for finding in review.findings:
        pages: dict[int, list[tuple[float, float, float, float]]] = {}
        for place in dict.fromkeys(finding.places):
            if place.report == report.id:
                for page, box in boxes_of(report, place):
                    pages.setdefault(page, []).append(box)
        text = remark(finding)
        colour = COLOURS[finding.severity]
        remarks += [Remark(page, tuple(dict.fromkeys(boxes)), colour, AUTHOR, text) for page, boxes in pages.items()]
    return annotated(original, remarks)
