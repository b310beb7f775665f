"""Workbooks: xlsx by openpyxl, xls by xlrd, both laid out in the same way."""
