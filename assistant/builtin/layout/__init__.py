"""How a report is laid out: names of rows and columns, cells, prose under its titles. Knows no question's purpose."""
