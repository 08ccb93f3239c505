"""XLSX: the sheets that are shown, a line for each row, cells as they are shown.

Belongs here: sheets, rows and cells. Does not belong here: the archive (`archives.py`), number formats
(`number_formats.py`). openpyxl takes the workbook apart; macros, links to other workbooks and hidden sheets are left.

A sheet is its name on a line of its own (an empty one for a name like Sheet1), then row after row: the line is the row,
the tab is the column. A form feed begins the next sheet.
"""

import re
from io import BytesIO
from zipfile import ZipFile

from openpyxl import load_workbook  # type: ignore[import-untyped]

from pipelines.reading.archives import open_archive, parse
from pipelines.reading.encodings import Decoded, Fault
from pipelines.reading.limits import Limits, RefusedError
from pipelines.reading.number_formats import shown
from pipelines.reading.transcript import Transcript, cell_text

_NO_NAME = re.compile(r"(?:Sheet|工作表|表)\s?\d*(?:\s?\(\d+\))?", re.IGNORECASE)


def read_xlsx(data: bytes, limits: Limits) -> Decoded:
    """The text of a workbook."""
    _check(open_archive(data, limits), limits)
    workbook = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    transcript = Transcript(limits)
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    for number, sheet in enumerate(sheets):
        if number:
            transcript.page()
        transcript.row(["" if _NO_NAME.fullmatch(sheet.title) else sheet.title])
        # What the file says of its own size is not believed.
        sheet.reset_dimensions()
        for row in sheet.iter_rows():
            transcript.row(
                [
                    cell_text(shown(cell.value, cell.number_format or "")) if cell.value is not None else ""
                    for cell in row
                ]
            )
    return Decoded(transcript.text(), None)


def _check(archive: ZipFile, limits: Limits) -> None:
    """Look through all XML before openpyxl does, and for formulas whose results were never saved."""
    lost = cells = 0
    # Of the cell that is being walked: what is open in it, whether it has a formula, and whether that came to nothing.
    inside, formula, empty = "", False, True

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside, formula, empty, cells
        inside = name
        if name == "c":
            # A formula may well come to a text without characters.
            formula, empty = False, attributes.get("t") != "str"
            cells += 1
            if cells > limits.max_table_cells:
                raise RefusedError(limits.over("max_table_cells", f"{cells:,} cells or more"))
        elif name == "f":
            formula = True

    def text(_: str) -> None:
        nonlocal empty
        empty = empty and inside != "v"

    def end(name: str) -> None:
        nonlocal inside, lost
        inside = ""
        lost += name == "c" and formula and empty

    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            parse(archive.read(name), limits, start, end, text)
        elif name.endswith((".xml", ".rels")):
            parse(archive.read(name), limits)
    if lost:
        reason = f"{lost:,} of its cells hold formulas whose results were never saved."
        raise RefusedError(Fault("formulas_without_values", f"{reason} Open it in a spreadsheet program and save it."))
