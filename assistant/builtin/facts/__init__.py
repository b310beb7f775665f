"""Facts of the ledger found for the words of a question; which say one thing, which contradict one another."""
