"""The built-in writer: a question answered from ledger and passages, without a model, a key or a network."""
