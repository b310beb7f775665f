"""The words of a question (问句): its kind, what it asks for, everyday speech, follow-ups. Knows no report."""
