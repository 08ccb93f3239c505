"""The samples of the project as DOCX and PDF state what they state as text: nothing is lost on the way."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from pipelines.cleaning import clean
from pipelines.extraction import extract
from pipelines.reading import Limits, read_documents
from pipelines.reading.encodings import Decoded, decode
from pipelines.settings import PROJECT_ROOT
from tests.reading.make_office import paragraph, write_docx
from tests.reading.make_pdf import Sheet, write_pdf

SAMPLES = sorted((PROJECT_ROOT / "seeds").glob("*.txt"))
LEFT, TOP, PITCH, WIDTH, LINES = 72, 780, 22, 38, 30
# Marks that begin no line.
NOT_FIRST = "，。、；：！？）》”,;:!?)%"


def as_docx(text: str) -> bytes:
    return write_docx("".join(map(paragraph, text.split("\n"))))


def as_pdf(text: str) -> bytes:
    """Paragraphs with an indent in lines of a fixed width, torn anywhere, page numbers at the foot."""
    lines: list[tuple[float, float, str]] = []
    for words in filter(None, (" ".join(line.split()) for line in text.split("\n"))):
        line, left = "", LEFT + 24
        for character in words:
            if (left - LEFT) / 12 + width(line + character) > WIDTH and character not in NOT_FIRST:
                lines.append((left, 0, line))
                line, left = "", LEFT
            line += character
        lines.append((left, 0, line))
    sheets = []
    for start in range(0, len(lines), LINES):
        words_of = [(x, TOP - PITCH * row, text) for row, (x, _, text) in enumerate(lines[start : start + LINES])]
        sheets.append(Sheet([*words_of, (280, 40, f"— {start // LINES + 1} —")]))
    return write_pdf(sheets)


def width(text: str) -> float:
    return sum(0.5 if character.isascii() else 1 for character in text)


def facts(name: str, data: bytes, folder: Path) -> Counter[tuple[str, ...]]:
    path = folder / name
    path.write_bytes(data)
    raw = read_documents([path], folder, Limits(), datetime(2025, 1, 1), "")["raw_documents"]
    observations = extract(clean(raw)["clean_documents"])["observations"]
    columns = ("indicator", "measure", "value", "unit", "bound", "nature", "time_period", "ref_area")
    return Counter(tuple(map(str, row)) for row in observations.select(columns).iter_rows())


@pytest.mark.slow
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_a_sample_states_the_same_in_another_format(sample: Path, ending: str, tmp_path: Path) -> None:
    decoded = decode(sample.read_bytes())
    assert isinstance(decoded, Decoded)
    text = decoded.text.removeprefix("\ufeff").replace("\r", "")
    expected = facts(f"{sample.stem}.txt", sample.read_bytes(), tmp_path)
    found = facts(f"{sample.stem}.{ending}", as_docx(text) if ending == "docx" else as_pdf(text), tmp_path)
    assert expected
    assert found == expected
