"""The process apart: what a file may do to it, and that the next file is read all the same."""

import os
import socket
import subprocess
import sys
import time

import pytest

from pipelines.reading.apart import Apart, understood
from pipelines.reading.child import answer
from pipelines.reading.encodings import Decoded, Fault
from pipelines.reading.formats import READERS
from pipelines.reading.limits import MIB, Limits
from pipelines.settings import PROJECT_ROOT

HERE = "tests.reading.test_apart"
LIMITS = Limits(max_read_seconds=5, max_read_memory=256 * MIB)


# Readers as a hostile file might make them behave.
def good(data: bytes, limits: Limits) -> Decoded:
    return Decoded(data.decode(), None)


def hangs(data: bytes, limits: Limits) -> Decoded:
    time.sleep(60)
    return Decoded("", None)


def crashes(data: bytes, limits: Limits) -> Decoded:
    os._exit(11)


def babbles(data: bytes, limits: Limits) -> Decoded:
    print('{"text": "no answer at all", "encoding": null}', flush=True)
    os.write(1, b'{"text": "no answer at all", "encoding": null}\n')
    return Decoded("全县", None)


def raises(data: bytes, limits: Limits) -> Decoded:
    raise KeyError("no such part")


def recurses(data: bytes, limits: Limits) -> Decoded:
    return recurses(data, limits)


def eats_memory(data: bytes, limits: Limits) -> Decoded:
    return Decoded("县" * (2 * limits.max_read_memory), None)


def calls_out(data: bytes, limits: Limits) -> Decoded:
    socket.create_connection(("127.0.0.1", 9), timeout=1)
    return Decoded("", None)


def starts_a_program(data: bytes, limits: Limits) -> Decoded:
    return Decoded(subprocess.run(["id"], capture_output=True, text=True, check=True).stdout, None)


@pytest.fixture(autouse=True)
def _import_these_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    # The process apart has only what is installed on its path.
    monkeypatch.setenv("PYTHONPATH", str(PROJECT_ROOT))


@pytest.mark.parametrize(
    ("function", "rule", "says"),
    [
        ("hangs", "too_slow", "XIANZHI_MAX_READ_SECONDS"),
        ("crashes", "reader_failure", "broke down"),
        ("raises", "damaged_file", "KeyError"),
        ("recurses", "damaged_file", "RecursionError"),
        ("eats_memory", "too_much_memory", "XIANZHI_MAX_READ_MEMORY"),
        ("calls_out", "damaged_file", "PermissionError"),
        ("starts_a_program", "damaged_file", "PermissionError"),
    ],
)
def test_a_file_that_misbehaves_is_refused_and_the_next_is_read(function: str, rule: str, says: str) -> None:
    limits = Limits(max_read_seconds=1, max_read_memory=256 * MIB) if function == "hangs" else LIMITS
    with Apart() as apart:
        fault = apart.read(f"{HERE}:{function}", b"x", limits)
        assert isinstance(fault, Fault)
        assert (fault.rule, says in fault.reason) == (rule, True), fault
        assert apart.read(f"{HERE}:good", "全县".encode(), LIMITS) == Decoded("全县", None)


def test_one_process_reads_many_files_and_ends_with_the_run() -> None:
    with Apart() as apart:
        assert [apart.read(f"{HERE}:good", b"%d" % n, LIMITS) for n in range(3)] == [
            Decoded(str(n), None) for n in range(3)
        ]
        process = apart._process
        assert process
        assert process.poll() is None
    assert process.poll() is not None


def test_a_process_that_does_not_start_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/true")
    with Apart() as apart, pytest.raises(RuntimeError, match="to see why"):
        apart.read(f"{HERE}:good", b"x", LIMITS)


def test_what_a_library_prints_is_no_answer() -> None:
    with Apart() as apart:
        assert [apart.read(f"{HERE}:babbles", b"x", LIMITS) for _ in range(2)] == [Decoded("全县", None)] * 2


@pytest.mark.parametrize(
    "line", [b"", b"{", b"5\n", b'{"text": 5, "encoding": null}', b'{"rule": "a"}', b"\xff\n", b'{"text": "x"']
)
def test_what_is_no_answer_is_not_understood(line: bytes) -> None:
    assert understood(line) is None


def test_no_process_is_started_when_nothing_needs_it() -> None:
    with Apart() as apart:
        assert apart._process is None


@pytest.mark.parametrize("reader", [reader for reader in READERS if reader.apart], ids=lambda reader: reader.name)
@pytest.mark.parametrize("data", [b"", b"\0", b"PK\x03\x04", b"%PDF-1.7\n%%EOF", b"\n" * 999])
def test_no_bytes_make_a_reader_raise(reader, data: bytes) -> None:  # type: ignore[no-untyped-def]
    found = answer(reader.function, data, Limits())
    assert set(found) == {"rule", "reason"}
    assert found["reason"].endswith(".")
