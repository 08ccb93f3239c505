"""Broken files of every format, cut and flipped at random: each is a text or a refusal, in time, always the same."""

from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest

from pipelines.reading import Limits, read_file
from pipelines.reading.apart import Apart
from schemas.documents import RawDocument, Refusal
from tests.reading.make_office import levels, numbered, paragraph, table, write_docx, write_xlsx, write_zip
from tests.reading.make_pdf import Sheet, write_pdf
from tests.reading.texts import SIMPLIFIED

ROWS = [["指标", "2024年"], ["地区生产总值（亿元）", "512.6"], ["一般公共预算收入（亿元）", "38.2"]]
GRID = [(72, y, 500, y) for y in (660, 640, 620, 600)] + [(x, 600, x, 660) for x in (72, 300, 500)]
CELLS = [(80 + 220 * x, 645 - 20 * y, cell) for y, row in enumerate(ROWS) for x, cell in enumerate(row)]
FILES = {
    "a.pdf": write_pdf([Sheet([(72, 700, SIMPLIFIED[:36]), *CELLS], GRID), Sheet([(72, 700, SIMPLIFIED[36:60])])]),
    "a.docx": write_docx(
        paragraph(SIMPLIFIED) + numbered("工业") + table(ROWS),
        {"word/numbering.xml": levels(("chineseCounting", "%1、"))},
    ),
    "a.xlsx": write_xlsx({"主要指标": ROWS, "区县": ROWS}, {"B2": "0.0%"}),
    "a.eml": b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
    b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    + f"<p>{SIMPLIFIED}</p>".encode()
    + b"\r\n--b--\r\n",
    "a.csv": "\n".join(",".join(row) for row in ROWS).encode("gb18030"),
    "a.html": f"<html><body><p>{SIMPLIFIED}</p></body></html>".encode(),
    "a.txt": SIMPLIFIED.encode("gb18030"),
}
SECONDS = 10


def broken(data: bytes, random: Random) -> bytes:
    """A file with a few bytes flipped, a piece cut out, put in twice, or its end gone."""
    changed = bytearray(data)
    for _ in range(random.randint(1, 4)):
        start, length = random.randrange(len(changed) + 1), random.randint(1, 1 + len(changed) // 4)
        match random.randrange(6):
            case 0:
                del changed[start:]
            case 1:
                del changed[start : start + length]
            case 2:
                changed[start:start] = changed[start : start + length]
            case 3:
                changed[start : start + 8] = random.randbytes(8)
            case _:
                for _ in range(random.randint(1, 12)):
                    if changed:
                        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def broken_inside(data: bytes, random: Random) -> bytes:
    """An archive that is sound but for one of its parts: else its checksums would catch every broken byte."""
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = random.choice(sorted(parts))
    return write_zip(parts | {name: broken(parts[name], random)})


def check(name: str, rounds: int, seed: int, folder: Path) -> dict[str, int]:
    """Read that many broken files; how often each rule refused one, `read` for those that were read."""
    random, path = Random(seed), folder / name
    counts: dict[str, int] = {}
    with Apart() as apart:
        for number in range(rounds):
            harm = broken_inside if number % 2 and name in ("a.docx", "a.xlsx") else broken
            path.write_bytes(harm(FILES[name], random))
            record = read_file(path, name, Limits(max_read_seconds=SECONDS), apart)
            if isinstance(record, RawDocument):
                assert record.raw_text.encode("utf-8").decode("utf-8") == record.raw_text
            else:
                assert isinstance(record, Refusal)
                assert record.reason.endswith("."), (number, record)
            if number % 50 == 0:
                assert read_file(path, name, Limits(max_read_seconds=SECONDS)) == record
            rule = "read" if isinstance(record, RawDocument) else record.rule
            counts[rule] = counts.get(rule, 0) + 1
    return counts


@pytest.mark.parametrize("name", FILES)
def test_a_sound_file_is_read_and_a_few_broken_ones_do_no_harm(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    record = read_file(path, name, Limits())
    assert isinstance(record, RawDocument)
    assert "生产总值" in record.raw_text
    check(name, 20, 7, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_no_broken_file_raises_or_hangs(name: str, tmp_path: Path) -> None:
    counts = check(name, 700, 20261129, tmp_path)
    assert sum(counts.values()) == 700
    # Nothing hung, and the process apart outlived nearly all of them.
    assert "too_slow" not in counts
    assert counts.get("reader_failure", 0) < 7, counts
