"""Answers worked out from amounts: changes, sums, parts, shares, rankings. Every working is shown."""
