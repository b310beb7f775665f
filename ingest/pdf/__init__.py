"""PDF reports: glyphs and ruling lines by pypdfium2, tables by our own lattice, a second opinion by pdfplumber."""

from ingest.pdf.reader import read

__all__ = ["read"]
