"""What must hold between a clean text and its raw text, for any input: shared by the property tests."""

from html import unescape

from pipelines.cleaning import OffsetMap
from pipelines.cleaning.characters import unify_spaces
from pipelines.cleaning.documents import parse
from schemas.documents import CleanDocument


def assert_every_character_leads_back(raw: str, media_type: str) -> str:
    """The raw span of every clean character is that character, or the reference that stands for it; returns the text.

    The text is the one before repairs, which replace characters one for one.
    """
    builder = parse(raw, media_type).builder
    if not builder.blocks:
        return ""
    clean_text = builder.finish()
    offsets = OffsetMap(builder.map_clean, builder.map_raw, builder.map_raw_end)
    begin = end = 0
    for position, character in enumerate(clean_text):
        start, after = offsets.span(position, position + 1)
        assert 0 <= start <= after <= len(raw)
        if character in "\n\t ":
            # A separator stands for whatever is between two words: line ends, spaces, tags; several may share it.
            assert start >= begin
        else:
            quote = raw[start:after]
            assert character in (unify_spaces(quote), unescape(quote)) or character in unescape(quote), (
                character,
                quote,
            )
        assert start >= begin
        assert after >= end
        begin, end = start, after
    for block in builder.blocks:
        assert clean_text[block.start : block.end].strip("\n ")
    return clean_text


def quote_of(document: CleanDocument, words: str) -> str:
    """The raw text of words that stand in the clean text."""
    start = document.clean_text.index(words)
    offsets = OffsetMap(document.map_clean, document.map_raw, document.map_raw_end)
    return document.raw_text[slice(*offsets.span(start, start + len(words)))]
