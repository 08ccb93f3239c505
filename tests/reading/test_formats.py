import pytest

from pipelines.reading.encodings import Fault
from pipelines.reading.formats import READERS, SIGNATURES, reader_for, refined
from tests.reading.texts import SIMPLIFIED

TEXT = SIMPLIFIED.encode()


def test_no_two_readers_claim_the_same_ending() -> None:
    endings = [ending for reader in READERS for ending in reader.media_types]
    assert len(set(endings)) == len(endings)
    assert all(ending.startswith(".") and ending == ending.lower() for ending in endings)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.txt", "text/plain"),
        ("A.TXT", "text/plain"),
        ("报告.md", "text/markdown"),
        ("a.html", "text/html"),
        ("a.htm", "text/html"),
        ("2024.05.公报.txt", "text/plain"),
        ("no_ending", "text/plain"),
    ],
)
def test_the_ending_gives_the_media_type(name: str, media_type: str) -> None:
    found = reader_for(name, TEXT)
    assert not isinstance(found, Fault)
    assert found[1] == media_type
    assert found[0].label == f"{found[0].name}/{found[0].version}"


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.xlsx", "a.jpg", "a.zip", "a.csv"])
def test_other_endings_are_refused_and_the_reason_lists_what_is_read(name: str) -> None:
    found = reader_for(name, TEXT)
    assert isinstance(found, Fault)
    assert found.rule == "unsupported_format"
    assert ".txt" in found.reason


@pytest.mark.parametrize(("signature", "what"), SIGNATURES)
def test_a_binary_file_that_is_called_text_is_refused_by_its_first_bytes(signature: bytes, what: str) -> None:
    found = reader_for("a.txt", signature + b"\n" * 20)
    assert isinstance(found, Fault)
    assert found.rule == "binary_content"
    assert what in found.reason


def test_control_characters_are_no_text_but_a_stray_one_is_let_through() -> None:
    found = reader_for("a.txt", bytes(range(1, 9)) * 40)
    assert isinstance(found, Fault)
    assert found.rule == "binary_content"
    assert not isinstance(reader_for("a.txt", TEXT + b"\x07"), Fault)


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        ("<!DOCTYPE html><p>昆山", "text/html"),
        ("\ufeff\n<?xml version='1.0'?><html lang='zh'>", "text/html"),
        ("<!-- 由某系统生成 --><HTML>", "text/html"),
        ("<昆山>", "text/plain"),
        ("正文 <html>", "text/plain"),
        ("<htmlx>", "text/plain"),
    ],
)
def test_a_page_saved_as_text_is_a_page(text: str, media_type: str) -> None:
    assert refined("text/plain", text) == media_type
