"""Plain text reports: lines put together to paragraphs, aligned or delimited lines to tables."""

from ingest.txt.reader import read

__all__ = ["read"]
