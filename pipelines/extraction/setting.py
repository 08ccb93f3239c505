"""What holds for a sentence before it says anything itself.

Here: the records of place, period and target that headings and paragraphs put in force. Not here: how they change
(`flow`) and what a sentence says itself (`where`, `when`, `nature`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Self

from pipelines.extraction.gazetteer import Gazetteer
from pipelines.extraction.period_meanings import Clock
from pipelines.extraction.places import Mention


@dataclass(slots=True)
class Setting:
    """What holds for a sentence before it says anything itself.

    Attributes:
        clock: Publication date and year, and the year in force.
        place: Code of the place in force, None when there is none.
        place_name: Its name (areas without a code).
        place_basis: context, document or unknown.
        period: ISO period in force, None when there is none.
        period_basis: context or unknown.
        years: The span of years that the chapter reviews or plans, for averages (年均); None where it is none.
        target: Whether a heading makes all that follows a target.
        known: The gazetteer, with 全市 and 我县 resolved for the place in force.
        last_place: The last place that was a subject, for pages about no single place.
        last_place_near: Whether it was named in the same paragraph: a sentence without a place goes on about it.
        last_named: The last county or city that was named at all, which 该县 can mean.
        origin_period: Period of the first value of the last from-to.
        day: The day that the document named last, on which what it tells of was signed or opened.
        passing: Whether the period in force is that of an earlier sentence, not of the document or a heading.
        told_year: The year before the document, where a paragraph above told of it: its annual sums go on.
        edition: The year of the ranking that the title announces.
        flow_period: The period before a month's end was told (9月末，…), for sums over months; None elsewhere.
        industry: The industry that the paragraph is headed by (绿色包装产业。现有企业158家), "" for none.
        firm: The firm that the sentence before was about and this one goes on about, "" for none.
        unit: The town, zone or house that its paragraph is about from its first words on, None for none.
        listed: The last list of two places or more by its length, for 五县市…分别为.
        described_in: The year in which a description of a place was published, None for other documents.
    """

    clock: Clock
    place: str | None = None
    place_name: str = ""
    place_basis: str = "unknown"
    period: str | None = None
    period_basis: str = "unknown"
    target: bool = False
    known: Gazetteer = field(default_factory=lambda: Gazetteer.empty())
    last_place: Mention | None = None
    last_place_near: bool = False
    last_named: Mention | None = None
    origin_period: str | None = None
    day: str | None = None
    passing: bool = False
    described_in: int | None = None
    told_year: str | None = None
    edition: str | None = None
    years: str | None = None
    flow_period: str | None = None
    industry: str = ""
    unit: Mention | None = None
    firm: str = ""
    listed: Mapping[int, Sequence[Mention]] = field(default_factory=dict)

    def copy(self) -> Self:
        """Another setting with the same values, for one sentence."""
        return type(self)(*_values(self))


_values = attrgetter(*(one.name for one in fields(Setting)))


@dataclass(frozen=True, slots=True)
class Where:
    """A place that a draft is given to.

    Attributes:
        code: GB/T 2260 code or None.
        name: Official name or None.
        text: The words where there is no code.
        basis: named, context, document or unknown.
        start: Where it is named in the sentence, None when it is not.
    """

    code: str | None
    name: str | None
    text: str | None
    basis: str
    start: int | None = None
