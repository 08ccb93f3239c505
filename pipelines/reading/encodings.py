"""From bytes to text: which encoding a file is in, found by strict decoding and by what reads like Chinese.

Belongs here: byte-order marks, the encodings that are tried and how one is chosen. Does not belong here: what Chinese
reads like (`han.py`), and what sort of file it is (`formats.py`).
"""

import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from pipelines.reading.han import profile

# Longer marks first: the one of UTF-16 LE is the beginning of the one of UTF-32 LE. The mark stays in the text as
# U+FEFF, so that `bytes.decode(encoding)` gives the raw text and offsets count it.
BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# GB18030 holds GBK and GB 2312, and comes first: on a tie, a page of the mainland is likelier. Big5 with Hong Kong's
# additions.
DOUBLE_BYTE = ("gb18030", "big5", "big5hkscs", "cp950")
# What a page calls itself, and the codec that reads all of it: pages that say GB 2312 hold GBK characters.
DECLARED = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5", "big5-hkscs": "big5hkscs"}
_DECLARATION = re.compile(
    rb"""charset\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9_-]{2,20})|encoding="([A-Za-z0-9_-]{2,20})\""""
)
# Text with more everyday than other characters: no accident.
_SURE = 0.7
# As much as a page needs to declare itself, and as tells one encoding from another.
_HEAD = 4096
_SAMPLE = 65536


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the codec that gave it: `data.decode(encoding) == text`; None where a reader took a format apart."""

    text: str
    encoding: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why bytes were not read: the name of the rule, and the reason in words with what to do."""

    rule: str
    reason: str


def decode(data: bytes) -> Decoded | Fault:
    """Decode strictly, nothing replaced, and refuse what does not read like Chinese.

    A byte-order mark decides, then UTF-8 if every byte is valid in it and it reads like Chinese. Else the double-byte
    encodings that accept every byte compete: the decoding that reads most like Chinese wins, and what the page declares
    decides between equals.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = _strictly(data, encoding)
            if text is None:
                return _undecodable(f"it begins like {encoding.upper()}, but not all of its bytes are valid in it")
            return _judged(text, encoding)
    if b"\0" in data:
        return _wide_without_mark(data)
    unicode = _strict(data, "utf-8")
    if unicode and profile(unicode.text).fault() is None:
        return unicode
    candidates = [found for encoding in _order(data) if (found := _strict(data, encoding))]
    # max keeps the first of equals.
    best = max(candidates, key=_score, default=None)
    if unicode:
        # A few words of GB18030 can be valid UTF-8 by chance; they read like nothing in it, and like much in GB18030.
        return best if best and _score(best) >= _SURE else _judged(unicode.text, "utf-8")
    if best and profile(best.text).fault() is None:
        return best
    return _last_resort(data, candidates)


def _score(found: Decoded) -> float:
    return profile(found.text[:_SAMPLE]).score


def _judged(text: str, encoding: str) -> Decoded | Fault:
    """The text, unless it does not read like Chinese."""
    if fault := profile(text).fault():
        advice = "Save it again from its source as UTF-8, or leave it out if it is not in Chinese."
        return Fault("implausible_text", f"Read as {encoding.upper()}, {fault}. {advice}")
    return Decoded(text, encoding)


def _wide_without_mark(data: bytes) -> Decoded | Fault:
    """UTF-16 without its mark, known by the zero bytes of its line ends and digits; else zero bytes are no text."""
    found = [found for encoding in ("utf-16-le", "utf-16-be") if (found := _strict(data, encoding))]
    found = [decoded for decoded in found if "\0" not in decoded.text and profile(decoded.text).fault() is None]
    if found:
        return max(found, key=lambda decoded: profile(decoded.text).score)
    return Fault(
        "binary_content",
        "It holds zero bytes, as programs, pictures and archives do and text does not. Save the text in it as UTF-8.",
    )


def _order(data: bytes) -> tuple[str, ...]:
    """The double-byte encodings, what the page declares first."""
    declaration = _DECLARATION.search(data[:_HEAD])
    name = (declaration[1] or declaration[2]).decode("ascii").lower() if declaration else ""
    first = DECLARED.get(name, DOUBLE_BYTE[0])
    return (first, *(encoding for encoding in DOUBLE_BYTE if encoding != first))


def _last_resort(data: bytes, candidates: list[Decoded]) -> Decoded | Fault:
    """Ask the detector; its answer counts if the bytes are valid in it and read like Chinese."""
    guess = from_bytes(data[:_SAMPLE]).best()
    if guess is not None and (decoded := _strict(data, guess.encoding)) and profile(decoded.text).fault() is None:
        return decoded
    if candidates:
        return _judged(candidates[0].text, str(candidates[0].encoding))
    hint = f"it looks most like {guess.encoding.upper()}, but" if guess is not None else "and"
    tried = ", ".join(encoding.upper() for encoding in ("utf-8", *DOUBLE_BYTE))
    return _undecodable(f"its bytes are not valid in any of {tried}; {hint} no encoding gives Chinese text")


def _undecodable(reason: str) -> Fault:
    return Fault(
        "undecodable", f"The encoding cannot be told: {reason}. Open it where it reads well and save it as UTF-8."
    )


def _strict(data: bytes, encoding: str) -> Decoded | None:
    text = _strictly(data, encoding)
    return None if text is None else Decoded(text, encoding)


def _strictly(data: bytes, encoding: str) -> str | None:
    """The text, or None when a byte is not valid in the encoding."""
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
