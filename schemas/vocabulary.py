"""The closed word lists and text patterns that records and tables share.

Here belong values that code compares with (`bound`, `nature`, …) and the patterns of identifiers and periods, each
once: `facts.py` uses them as types of a record, `tables/` as the domain of a column. Words that documents use (units,
indicators, offices) are rows of `registry/`.
"""

from typing import Literal

Section = Literal["body", "related", "boilerplate"]
"""Part of a page: its own text, truncated snippets of other pages, or site furniture."""

FactSection = Literal["body", "related"]
"""Sections that facts are published from; nothing is read from boilerplate."""

Measure = Literal["level", "growth", "change", "share", "multiple", "ratio"]
"""What kind of number describes the indicator."""

Bound = Literal["exact", "approx", "at_least", "at_most", "range"]
"""How tightly the text states the number."""

Nature = Literal["actual", "target", "estimate"]
"""Whether the number has been reached, is aimed at, or is expected."""

PeriodBasis = Literal["explicit", "relative", "context", "inferred", "unknown"]
"""How the period of a number is known."""

PlaceBasis = Literal["named", "context", "document", "unknown"]
"""How the place of a number is known."""

ObsStatus = Literal["A", "E", "F", "P", "Q"]
"""SDMX observation status: normal, estimated, forecast or target, provisional, suspect."""

RoleInEvent = Literal["attended", "spoke", "led_visit", "author", "met", "edited", "quoted", "other"]
"""What a person did where the text shows the office."""

OrganizationRelation = Literal["visited", "honoured", "case", "member", "parent", "located", "established", "other"]
"""Why a document names an organization."""

EventType = Literal["conference", "visit", "signing", "launch", "meeting", "other"]
"""Sort of event."""

OutcomeType = Literal[
    "alliance", "initiative", "agreement", "mechanism", "centre", "list", "report", "ceremony", "other"
]
"""What an event set up or published."""

PlanLevel = Literal["goal_year", "demonstration", "task", "action_plan", "other"]
"""The rank of an item in the tree of a plan."""

ProgrammeDomain = Literal[
    "industry",
    "governance",
    "transport",
    "ecology",
    "parks",
    "culture",
    "rural",
    "party",
    "cooperation",
    "business_environment",
    "other",
]
"""The field of a programme."""

Disposition = Literal[
    "observation",
    "ranking",
    "plan",
    "programme",
    "date",
    "ordinal",
    "identifier",
    "name",
    "noise",
    "rejected",
    "unassigned",
]
"""What became of a number of a document."""

DocType = Literal["news", "plan", "speech", "work_report", "communique", "profile", "other"]
"""Sort of document."""

DocumentStatus = Literal["current", "superseded", "withdrawn"]
"""Whether a document's facts are published: a newer revision supersedes, a removed file is withdrawn."""

DatePrecision = Literal["second", "minute", "day", "month", "year"]
"""The finest part of a date that the page states."""

PublishedBasis = Literal["stated", "inferred", "unknown"]
"""How the publication date is known."""

Severity = Literal["error", "warn"]
"""`error` stops what follows, `warn` is shown."""

Effect = Literal["note", "doubt"]
"""What a cross-check does to the numbers that do not pass it: nothing but a row, or obs_status Q."""

Verdict = Literal["rounding", "bound", "definition", "revision", "contradiction"]
"""Why two statements about the same thing may differ."""

CorrectionAction = Literal["accept", "fix", "drop", "reassign"]
"""What a person does to a row."""

CorrectionStatus = Literal["applied", "no_match", "guard_failed", "ambiguous", "refused"]
"""What came of a correction: only `applied` is well."""

DOC_ID_PATTERN = "^[0-9a-f]{64}$"
FACT_ID_PATTERN = "^[0-9a-f]{16,64}$"
# GB/T 2260 (6 digits), with the statistical codes of towns (9) and villages (12).
PLACE_CODE_PATTERN = r"^[0-9]{6}([0-9]{3}|[0-9]{6})?$"
YEAR_PATTERN = r"^(19|20)[0-9]{2}$"
_DAY = r"(18|19|20|21)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
# [0-9] rather than \d, which is any digit of Unicode in one engine and ASCII in the other.
# A year, month or day, or two of them with a slash: 2023, 2024-09, 2017-01/2017-03, 2022/2025.
PERIOD_PATTERN = f"^{_DAY}(/{_DAY})?$"
# A year, month or day as it is known: 2024, 2024-09, 2024-09-20.
DAY_PATTERN = f"^{_DAY}$"
# A flat JSON object of texts, {} for "the whole".
_TEXT = r'"([^"\\]|\\.)*"'
BREAKDOWN_PATTERN = rf"^\{{({_TEXT}: ?{_TEXT}(, ?{_TEXT}: ?{_TEXT})*)?\}}$"
UNIT_MEASURE_PATTERN = "^[A-Z][A-Z0-9_]*$"
# What a person is told who has written something else than a pattern takes.
PATTERN_EXAMPLES = {
    PLACE_CODE_PATTERN: "350582",
    YEAR_PATTERN: "2023",
    PERIOD_PATTERN: "2023, 2024-09, 2017-01/2017-03 or 2022/2025",
    DAY_PATTERN: "2024, 2024-09 or 2024-09-20",
    BREAKDOWN_PATTERN: '{"industry": "竹产业"}',
    UNIT_MEASURE_PATTERN: "CNY",
}
