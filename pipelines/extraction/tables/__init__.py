"""Tables of indicators: cells on one line (from HTML, Markdown and set columns), or one cell a line.

Here: finding the columns of a table (name, unit, values by period or measure) and turning its cells into drafts. Not
here: sentences, and the rows that are made of the drafts (`table_observations`).
"""

from pipelines.extraction.tables.cells import Cell, Row, is_number, split_row
from pipelines.extraction.tables.columns import header_dates, heading_rows
from pipelines.extraction.tables.lines import rows_of_lines
from pipelines.extraction.tables.reading import read_table
from pipelines.extraction.tables.values import TableFact

__all__ = [
    "Cell",
    "Row",
    "TableFact",
    "header_dates",
    "heading_rows",
    "is_number",
    "read_table",
    "rows_of_lines",
    "split_row",
]
