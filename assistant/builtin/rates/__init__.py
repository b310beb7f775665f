"""Answers about rates (率): as reported, recomputed from their inputs, by the indicator cards."""
