"""A review as a file, by form: the one list of forms that the command line and the page offer."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Review
from ingest.errors import BadInput
from ingest.reading import Reading

FORMS = {
    "md": "复核意见（Markdown）",
    "docx": "复核意见（公文版式 DOCX）",
    "xlsx": "问题清单和复核表（XLSX）",
    "json": "全部结果（JSON）",
    "annotated": "带批注的原件（DOCX、PDF 报告）",
}


def export(review: Review, reading: Reading, others: Sequence[Reading], original: bytes, form: str) -> bytes:
    """The bytes of a review in one of FORMS. Raises BadInput for another, or where the original cannot carry notes."""
    from assistant.charted import charts_of
    from assistant.review.export import to_json, to_markdown
    from assistant.review.export_docx import annotated_docx, to_docx
    from assistant.review.export_pdf import annotated_pdf
    from assistant.review.export_xlsx import to_xlsx

    if form == "md":
        return to_markdown(review).encode("utf-8")
    if form == "json":
        return to_json(review).encode("utf-8")
    if form == "docx":
        return to_docx(review, charts_of(reading, ((one.category, one.severity) for one in review.findings)))
    if form == "xlsx":
        return to_xlsx(review, reading, others)
    if form == "annotated" and reading.report.form == "docx":
        return annotated_docx(original, review)
    if form == "annotated" and reading.report.form == "pdf":
        return annotated_pdf(original, reading.report, review)
    if form == "annotated":
        raise BadInput("只有 DOCX 和 PDF 报告能写批注；其他格式请导出 docx 或 xlsx。")
    raise BadInput(f"不能导出“{form}”，可用的有：{'、'.join(FORMS)}。")
