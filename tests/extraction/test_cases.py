"""Every sentence of `tests/cases` states what its case says, and the known failures still fail."""

import pytest

from tests.extraction.cases_support import KNOWN_FAILURES, Case, case_files, differences, explain, load_cases

CASES = [case for file in case_files() for case in load_cases(file)]
FAILURES = load_cases(KNOWN_FAILURES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.label)
def test_sentence(case: Case) -> None:
    lines = differences(case)
    if lines:
        pytest.fail(explain(case, lines), pytrace=False)


@pytest.mark.parametrize("case", FAILURES, ids=lambda case: case.label)
def test_known_failure(case: Case) -> None:
    assert case.why, f"{case.label}: say why the reader fails"
    try:
        lines = differences(case)
    except Exception as error:
        lines = [f"the reader breaks: {error!r}"]
    if not lines:
        pytest.fail(f"{case.text}\n  is read rightly now: move it to {case.theme}", pytrace=False)


def test_case_files_are_full() -> None:
    """Few cases read rightly prove little: the files hold at least what issue 3 asks for."""
    negative = [case for case in CASES if case.file == "negative.json"]
    assert len(CASES) - len(negative) + len(FAILURES) >= 600
    assert len(negative) >= 120
    assert all(case.observations == () and case.rankings == () for case in negative)


def test_no_sentence_twice() -> None:
    keys = [(case.text, case.published, case.ref_area) for case in [*CASES, *FAILURES]]
    assert sorted({key[0] for key in keys if keys.count(key) > 1}) == []
