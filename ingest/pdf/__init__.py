"""PDF reports: glyphs and ruling lines by pypdfium2, tables by our own lattice, a second opinion by pdfplumber."""

from ingest.pdf.annotate import Remark, annotated
from ingest.pdf.reader import read, read_pieces
from ingest.pdf.render import boxes_of, draw, render
from ingest.pdf.second import prepare

__all__ = ["Remark", "annotated", "boxes_of", "draw", "prepare", "read", "read_pieces", "render"]
