"""Answers in the report's own sentences: sections, lists, reasons, places."""
