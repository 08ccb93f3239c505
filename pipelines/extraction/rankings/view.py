"""What the readers of rankings see of a sentence, and the list in force.

Here: who a rank belongs to, where a clause begins, and the record of a position. Not here: which words state one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.extraction.binding import Draft
from pipelines.extraction.blocks import Sentence
from pipelines.extraction.places import Mention
from pipelines.extraction.rankings.words import BARE_LIST, CUT, LIST, STREAK, integer, plain_list, standard_list
from pipelines.extraction.sentences import Clause
from pipelines.extraction.setting import Where
from pipelines.extraction.subjects import subjects
from pipelines.extraction.where import default_place


@dataclass(slots=True)
class ListInForce:
    """The list that a document last named, for sentences that only say 常熟市排名第四.

    Attributes:
        name: Its standard name, "" where none is in force.
        edition: Its year or None.
        group: Number of the related snippet that named it, 0 for the body.
    """

    name: str = ""
    edition: str | None = None
    group: int = 0


@dataclass(frozen=True, slots=True)
class Position:
    """A place on a list before it is a row."""

    list_name: str
    edition: str | None
    entity: Where
    rank: int | None
    within: int | None
    streak: int | None
    start: int
    end: int
    number: tuple[int, int]
    rule: str


@dataclass(slots=True)
class View:
    """One sentence to the readers of rankings.

    Attributes:
        sentence: The sentence.
        drafts: The bound quantities of the sentence.
        clauses: Its clauses.
        in_force: The list that earlier sentences named.
        subjects: The mentions that can be what the sentence is about.
    """

    sentence: Sentence
    drafts: Sequence[Draft]
    clauses: Sequence[Clause]
    in_force: ListInForce
    subjects: list[Mention] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Find the subjects once."""
        named = subjects(self.sentence.text, self.sentence.mentions)
        self.subjects = [mention for mention in named if mention.level != "country"]

    @property
    def text(self) -> str:
        """The sentence."""
        return self.sentence.text

    def lists(self, start: int, end: int) -> list[re.Match[str]]:
        """Lists that a stretch of the sentence names (榜单 alone names none)."""
        return [
            match
            for match in LIST.finditer(self.text, start, end)
            if match["list"] not in BARE_LIST and len(plain_list(match["list"])) > 2 and not CUT.search(match["list"])
        ]

    def clause_start(self, position: int) -> int:
        """Offset of the clause that a position stands in."""
        return max(self.text.rfind(mark, 0, position) for mark in "，,；;。：:") + 1

    def entity_before(self, position: int) -> Where:
        """The last subject named before a position, or the place in force."""
        named = [mention for mention in self.subjects if mention.start <= position and not mention.own]
        return self.where(named[-1]) if named else default_place(self.sentence.setting)

    def entities_before(self, position: int) -> list[Where]:
        """The run of subjects, joined by list marks, that ends last before a position."""
        named = [mention for mention in self.subjects if mention.end <= position and not mention.own]
        if not named:
            return [default_place(self.sentence.setting)]
        run = [named[-1]]
        for mention in reversed(named[:-1]):
            if not re.fullmatch(r"[、和与及]|以及", self.text[mention.end : run[0].start].strip()):
                break
            run.insert(0, mention)
        return [self.where(mention) for mention in run]

    def where(self, mention: Mention) -> Where:
        """A mention as the place of a position."""
        if mention.code:
            return Where(mention.code, mention.name, None, "named", mention.start)
        if mention.own and self.sentence.setting.place:
            return default_place(self.sentence.setting)
        name = mention.name if mention.level in ("zone", "town") else None
        return Where(None, name, mention.text, "named", mention.start)

    def position(
        self,
        list_name: str,
        entity: Where,
        rank: int | None,
        within: int | None,
        span: tuple[int, int],
        number: tuple[int, int],
        rule: str,
        listed: re.Match[str] | None = None,
    ) -> Position:
        """A position with its edition and streak.

        Args:
            list_name: Name of the list or indicator.
            entity: Who stands there.
            rank: The rank or None.
            within: N of 前N or None.
            span: Where the words that state it stand.
            number: Where its numeral stands.
            rule: Name of the rule.
            listed: The words that name the list.
        """
        clause = self.text[self.clause_start(span[0]) : span[1] + 8]
        match = STREAK.search(clause)
        streak = integer(match["years"] or match["crowns"]) if match else None
        edition = self._edition(span[1], rule, listed)
        return Position(list_name, edition, entity, rank, within, streak, span[0], span[1], number, rule)

    def _edition(self, end: int, rule: str, listed: re.Match[str] | None) -> str | None:
        """The year that the list's name, the sentence or the setting states."""
        year = re.match(r"[“\"《]?((?:19|20)\d{2})", listed.group()) if listed else None
        if year:
            return year[1]
        stated = [
            period.time_period
            for period in self.sentence.periods
            if period.role == "state" and period.time_period and period.start < end
        ]
        if stated:
            return stated[-1][:4]
        if rule == "list-in-force":
            return self.in_force.edition
        in_force = self.sentence.setting.period
        if in_force and rule == "indicator-among-places":
            return in_force[:4] if "-" in in_force else in_force[-4:]
        return None

    def remember(self) -> None:
        """Put the last list that the sentence names in force for the sentences that follow."""
        group = self.sentence.block.group
        if group != self.in_force.group:
            self.in_force.name, self.in_force.edition, self.in_force.group = "", None, group
        listed = self.lists(0, len(self.text))
        if listed:
            self.in_force.name = standard_list(listed[-1]["list"])
            year = re.match(r"[“\"《]?((?:19|20)\d{2})", listed[-1].group())
            self.in_force.edition = year[1] if year else self._edition(len(self.text), "", None)
