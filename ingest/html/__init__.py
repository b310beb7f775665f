"""HTML reports: visible text and tables by lxml, as a browser would lay them out."""

from ingest.html.reader import read

__all__ = ["read"]
