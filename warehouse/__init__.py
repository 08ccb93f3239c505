"""The published DuckDB file: built as a whole beside the old one, checked, and swapped in.

`build.py` is the way in. What a table is comes from `schemas/tables`, its rows from the lake; the views are
`marts/*.sql`. Nothing here decides what is valid: that is `pipelines/validation`.
"""
