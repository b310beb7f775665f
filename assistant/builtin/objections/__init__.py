"""What stands against a question: wrong premises put right, refusals, findings of the reviewer."""
