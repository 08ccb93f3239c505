"""Reading one registry file strictly: cells, lists, numbers and ranges, each with an error that helps.

Here is what every registry file has in common. What a file means (units, indicators, places) is in the
``registry_*`` module of that name; putting the parts together is ``schemas.registry``.

A registry file is UTF-8 CSV with a header row; an empty cell is "none"; ``|`` separates a list in a cell;
``min..max`` is a range.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import polars as pl


class RegistryError(Exception):
    """The registry is not sound. The message names the rule, file, row, what was expected and what to do.

    Attributes:
        rule: Short name of the soundness rule that refused the row, such as ``unit-text-unique``.
        file: Name of the registry file.
        row: Line of the file as an editor counts it (the header is line 1), or None for the whole file.
    """

    def __init__(self, rule: str, file: str, row: int | None, expected: str, advice: str) -> None:
        """Build the message from its parts, so that no error forgets one."""
        self.rule, self.file, self.row = rule, file, row
        place = f"{file}, line {row}" if row is not None else file
        super().__init__(f"{place}: {expected}. What to do: {advice}. [{rule}]")


@dataclass(slots=True)
class Row:
    """One line of a registry file, with typed access to its cells.

    Attributes:
        file: Name of the file, for messages.
        number: Line number, for messages.
        cells: Cell text by column name, stripped of nothing: a stray space is an error, not a habit.
    """

    file: str
    number: int
    cells: dict[str, str]

    def error(self, rule: str, expected: str, advice: str) -> RegistryError:
        """Return (not raise) the error for this row."""
        return RegistryError(rule, self.file, self.number, expected, advice)

    def text(self, column: str) -> str:
        """Return the cell, which may be empty."""
        return self.cells[column]

    def required(self, column: str) -> str:
        """Return the cell and refuse an empty one."""
        if value := self.cells[column]:
            return value
        raise self.error("cell-required", f"column {column} must not be empty", f"fill in {column}")

    def parts(self, column: str) -> tuple[str, ...]:
        """Return the ``|`` separated list of the cell; empty parts and repetitions are refused."""
        value = self.cells[column]
        if not value:
            return ()
        parts = tuple(value.split("|"))
        if "" in parts or any(part != part.strip() for part in parts):
            raise self.error("list-well-formed", f"{column} {value!r} has an empty or space-padded part", "write a|b|c")
        if len(set(parts)) != len(parts):
            raise self.error("list-well-formed", f"{column} {value!r} names something twice", "keep it once")
        return parts

    def one_of(self, column: str, allowed: Sequence[str]) -> str:
        """Return the cell, which must be one of the allowed words."""
        value = self.cells[column]
        if value in allowed:
            return value
        raise self.error(
            "domain", f"{column} is {value!r} but must be one of {', '.join(allowed)}", f"choose one for {column}"
        )

    def decimal(self, column: str) -> Decimal | None:
        """Return the cell as an exact finite Decimal, None when it is empty."""
        return self._decimal(column, self.cells[column]) if self.cells[column] else None

    def _decimal(self, column: str, text: str) -> Decimal:
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        if value.is_finite():
            return value
        raise self.error("number", f"{column} {text!r} is not a decimal number", "write digits such as -5 or 0.01")

    def range(self, column: str) -> tuple[Decimal, Decimal] | None:
        """Return ``min..max`` as two Decimals in order, None when the cell is empty."""
        value = self.cells[column]
        if not value:
            return None
        low_text, separator, high_text = value.partition("..")
        if not separator or not low_text or not high_text:
            raise self.error("range-well-formed", f"{column} {value!r} is not min..max", "write for example 0..100")
        low, high = self._decimal(column, low_text), self._decimal(column, high_text)
        if low >= high:
            raise self.error("range-ordered", f"{column} {value!r} is not in order", "the smaller number comes first")
        return low, high


def read_rows(folder: Path, file: str, columns: Sequence[str] | None = None) -> Iterator[Row]:
    """Yield the rows of a registry file.

    Args:
        folder: The registry folder.
        file: File name, for example ``units.csv``.
        columns: The columns that the file must have, in any order; None accepts any.

    Raises:
        RegistryError: If the file is missing, has other columns, a line with more or fewer cells, a cell
            padded with white space, or two equal lines.
    """
    with _existing(folder, file).open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream, strict=True)
        header = next(reader, [])
        _check_header(file, header, columns)
        try:
            for cells in reader:
                if len(cells) != len(header):
                    raise RegistryError(
                        "cells",
                        file,
                        reader.line_num,
                        f"the line has {len(cells)} cells but the header has {len(header)}",
                        "quote a cell that holds a comma",
                    )
                row = Row(file, reader.line_num, dict(zip(header, cells, strict=False)))
                if cells != [cell.strip() for cell in cells]:
                    raise row.error("cell-stripped", "a cell begins or ends with white space", "take it out")
                yield row
        except csv.Error as problem:
            raise RegistryError("csv", file, reader.line_num, f"not readable CSV ({problem})", "mend it") from None


def read_frame(folder: Path, file: str, columns: Sequence[str]) -> pl.DataFrame:
    """Read a large registry file at once, every cell as text; the line of the file is the index of the row + 2.

    Raises:
        RegistryError: As `read_rows` does; a cell may not hold a line break either.
    """
    path = _existing(folder, file)
    try:
        frame = pl.read_csv(path, infer_schema=False).fill_null("")
    except pl.exceptions.PolarsError as problem:
        raise RegistryError("csv", file, None, f"not readable CSV ({problem})", "mend it") from None
    _check_header(file, frame.columns, columns)
    cells = pl.col(frame.columns)
    unstripped = pl.any_horizontal(cells != cells.str.strip_chars())
    for number, *_ in frame.with_row_index(offset=2).filter(unstripped).head(1).iter_rows():
        advice = "take it out"
        raise RegistryError("cell-stripped", file, number, "a cell begins or ends with white space", advice)
    return frame


def _existing(folder: Path, file: str) -> Path:
    if (path := folder / file).is_file():
        return path
    raise RegistryError("file-exists", file, None, f"the file is missing from {folder}", "restore it")


def _check_header(file: str, header: Sequence[str], columns: Sequence[str] | None) -> None:
    if (columns is not None and sorted(header) != sorted(columns)) or len(set(header)) != len(header):
        expected = ", ".join(columns) if columns is not None else "each once"
        raise RegistryError(
            "columns", file, 1, f"the columns are {', '.join(header)} but must be {expected}", "mend the header"
        )
