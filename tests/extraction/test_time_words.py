"""The words of time are found as fast as they can be, and none is lost by it."""

import json
import re

from pipelines.extraction.time_words import ANY_PATTERN, PERIOD
from tests.extraction.cases_support import CASES, KNOWN_FAILURES, case_files


def test_beginnings_lose_no_expression() -> None:
    """The guard on the first character finds what the patterns alone find, in every case sentence."""
    plain = re.compile(ANY_PATTERN)
    texts = [
        case["text"]
        for file in (*case_files(), KNOWN_FAILURES)
        for case in json.loads((CASES / file).read_text("utf-8"))
    ]
    lost = {
        match.group()
        for text in texts
        for match in plain.finditer(text)
        if match.span() not in {found.span() for found in PERIOD.finditer(text)}
    }
    assert lost == set()
