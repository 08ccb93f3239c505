"""One fact at the edge of the extraction: the Pydantic models of an observation, a ranking and a ledger entry.

Here is what one record can promise by itself: its fields, their types, words and forms. The published columns are in
`tables/`; a test proves that fields and columns agree. Rules over several fields are row rules of the table,
and what needs the registry or the text is in `pipelines/validation`.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from schemas.tables.observations import OBS_VALUE_LIMIT, VALUE_LIMIT
from schemas.vocabulary import (
    BREAKDOWN_PATTERN,
    DOC_ID_PATTERN,
    FACT_ID_PATTERN,
    PERIOD_PATTERN,
    PLACE_CODE_PATTERN,
    UNIT_MEASURE_PATTERN,
    YEAR_PATTERN,
    Bound,
    Disposition,
    FactSection,
    Measure,
    Nature,
    ObsStatus,
    PeriodBasis,
    PlaceBasis,
    Section,
)

DocId = Annotated[str, Field(pattern=DOC_ID_PATTERN)]
FactId = Annotated[str, Field(pattern=FACT_ID_PATTERN)]
PlaceCode = Annotated[str, Field(pattern=PLACE_CODE_PATTERN)]
# 38 digits with 6 decimals is the DECIMAL that is published; a finer number is refused, never rounded.
Value = Annotated[Decimal, Field(ge=-VALUE_LIMIT, le=VALUE_LIMIT, max_digits=38, decimal_places=6)]
ObsValue = Annotated[Decimal, Field(ge=-OBS_VALUE_LIMIT, le=OBS_VALUE_LIMIT, max_digits=38, decimal_places=6)]
Position = Annotated[int, Field(ge=0)]
End = Annotated[int, Field(ge=1)]
Count = Annotated[int, Field(ge=1)]


class Record(BaseModel):
    """A record that cannot be changed and takes no value of another type."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Fact(Record):
    """What every fact carries, so that a reader finds it again in its document."""

    doc_id: DocId
    section: FactSection
    quote: str
    raw_start: Position
    raw_end: End
    sentence: str | None = None
    rule: str
    code_version: str


class Observation(Fact):
    """A number that describes a place; the meaning of each field is the column's description in `observations`."""

    observation_id: FactId
    ref_area: PlaceCode | None = None
    ref_area_name: str | None = None
    ref_area_text: str | None = None
    place_basis: PlaceBasis | None = None
    indicator: Annotated[str, Field(pattern=UNIT_MEASURE_PATTERN)] | None = None
    indicator_name: str
    breakdown: Annotated[str, Field(pattern=BREAKDOWN_PATTERN)]
    measure: Measure
    value: Value
    value_high: Value | None = None
    unit: str | None = None
    obs_value: ObsValue
    obs_value_high: ObsValue | None = None
    unit_measure: Annotated[str, Field(pattern=UNIT_MEASURE_PATTERN)]
    bound: Bound
    nature: Nature
    time_period: Annotated[str, Field(pattern=PERIOD_PATTERN)] | None = None
    period_basis: PeriodBasis
    obs_status: ObsStatus
    doubts: str | None = None


class Ranking(Fact):
    """A place held in a list; the meaning of each field is the column's description in `rankings`."""

    ranking_id: FactId
    list_name: str
    edition: Annotated[str, Field(pattern=YEAR_PATTERN)] | None = None
    publisher: str | None = None
    entity_name: str
    entity_code: PlaceCode | None = None
    rank: Count | None = None
    within_top: Count | None = None
    streak_years: Count | None = None
    nature: Nature


class LedgerEntry(Record):
    """A number of a document and what became of it; see `number_ledger`."""

    doc_id: DocId
    raw_start: Position
    raw_end: End
    text: str
    section: Section
    disposition: Disposition
    fact_id: FactId | None = None
