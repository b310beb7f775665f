"""DOCX reports: paragraphs, lists, styles and tables by python-docx and lxml."""

from ingest.docx.reader import read

__all__ = ["read"]
