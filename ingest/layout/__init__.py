"""What all readers share: from raw paragraphs and grids to a report with outline, cover, captions and headers."""
