"""The figure gate: what any text says in figures, held against what the reports state.

Imports data types and the number parser only; refuses to guess and to correct.
"""

from assistant.check.gate import gate, truth, verify
from assistant.check.ledger import Ledger, index

__all__ = ["Ledger", "gate", "index", "truth", "verify"]
