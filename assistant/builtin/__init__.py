"""The built-in writer: a question answered from ledger and passages, without a model, a key or a network.

`ask` is the way through: `question` understands the words, `layout` and `facts` find what they name, `roads` lists the
ways to an answer (`prose`, `tables`, `outcomes`, `amounts`, `rates`, `objections`, `plain`), and the gate judges it.
Each part uses only those named before it.
"""
