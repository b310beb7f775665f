"""Answers from rows and cells of tables as they stand."""
