"""What the readers of rankings see of a sentence, and the list in force.

Here: who a rank belongs to, where a clause begins, and the record of a position. Not here: which words state one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipelines.extraction.binding import Draft
from pipelines.extraction.blocks import Sentence
from pipelines.extraction.lexicon import registry
from pipelines.extraction.place_meant import default_place, pointed_at
from pipelines.extraction.places import Mention
from pipelines.extraction.rankings.entrants import Entrant, entrants, run_before
from pipelines.extraction.rankings.names import ListName, list_names
from pipelines.extraction.rankings.words import IS_TARGET, RANK, STREAK, STREAK_BEHIND, integer
from pipelines.extraction.sentences import Clause
from pipelines.extraction.setting import Where
from pipelines.extraction.subjects import subjects
from pipelines.extraction.time_words import told_before_end

YEAR_FIRST = re.compile(
    r"(?:^|(?<=[，,；;。：:]))[\u4e00-\u9fff]{0,6}?(?P<year>20\d{2})年(?:度|[，,]?(?:首次|首度|再次|又|就|即|已|以|位|列|居|排|闯|入|跻|挺|升|跃))"
)
# characters between a year and the end of what it dates
FAR = 48
BEFORE_RANK = re.compile(r"(?P<year>20\d{2})年?(?:为|是|居|列|排|位列|排名)?第?\d")
# sentences that a list holds for after it was last named or used
LONGEST_IN_FORCE = 8
HONOUR_OF = re.compile(r"(?:获评|荣获|荣膺|入选|入围|跻身|被评为|被授予|评为|列入|纳入|荣登|登上)[“\"《]?$")
IN_FORCE_RULES = frozenset(("list-in-force", "numbered-line", "entered-a-list"))


@dataclass(slots=True)
class ListInForce:
    """The list that a document last named, for sentences that only say 常熟市排名第四.

    Attributes:
        name: Its standard name, "" where none is in force.
        edition: Its year or None.
        publisher: Who makes it, where the text says.
        group: Number of the related snippet that named it, 0 for the body.
        age: How many sentences ago it was named or used.
        columns: Headers of the table whose rows follow, where it has a column of ranks.
        counting: The rank of the last numbered line, None outside a numbered list.
        named: The lists that the document or snippet has named, the last first.
    """

    name: str = ""
    edition: str | None = None
    publisher: str | None = None
    group: int = 0
    age: int = 0
    columns: tuple[str, ...] = ()
    counting: int | None = None
    named: list[ListName] = field(default_factory=list)

    def forget(self, group: int) -> None:
        """No list is in force."""
        self.name, self.edition, self.publisher, self.group = "", None, None, group
        self.age, self.columns, self.counting = 0, (), None

    def hold(self, listed: ListName) -> None:
        """A list that the text speaks of from here on."""
        if listed.name != self.name:
            self.columns, self.counting = (), None
        self.name, self.edition, self.publisher, self.age = listed.name, listed.edition, listed.publisher, 0
        self.named = [listed, *(one for one in self.named if one.name != listed.name)]


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
    publisher: str | None = None


@dataclass(slots=True)
class View:
    """One sentence to the readers of rankings.

    Attributes:
        sentence: The sentence.
        drafts: The bound quantities of the sentence.
        clauses: Its clauses.
        in_force: The list that earlier sentences named.
        subjects: The mentions that can be what the sentence is about.
        entrants: Who can stand on a list: places, towns, zones and firms.
        named: The lists that the sentence names.
        told: The names of those that somebody was found to stand on.
    """

    sentence: Sentence
    drafts: Sequence[Draft]
    clauses: Sequence[Clause]
    in_force: ListInForce
    subjects: list[Mention] = field(default_factory=list)
    entrants: list[Entrant] = field(default_factory=list)
    named: list[ListName] = field(default_factory=list)
    told: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Find the subjects once."""
        named = subjects(self.sentence.text, self.sentence.mentions)
        # 获评|湖南省|县域经济强县, 入选浙江省…名单: whose honour or list it is
        self.subjects = [
            one
            for one in named
            if one.level != "country" and not HONOUR_OF.search(self.text[max(0, one.start - 5) : one.start])
        ]
        self.entrants = entrants(self.text, self.sentence.mentions)
        group = self.sentence.block.group
        if group != self.in_force.group or self.in_force.age > LONGEST_IN_FORCE:
            # a list holds within its snippet, and for the sentences that go on about it
            self.in_force.named = self.in_force.named if group == self.in_force.group else []
            self.in_force.forget(group)
        self.named = list_names(self.text, self.in_force.named, self._county())

    def _county(self) -> str:
        """Name of the county or district in force, "" where none is."""
        place = registry().places.get(self.sentence.setting.place or "")
        return place.name if place is not None and place.level == "county" else ""

    @property
    def text(self) -> str:
        """The sentence."""
        return self.sentence.text

    def lists(self, start: int, end: int) -> list[ListName]:
        """Lists that a stretch of the sentence names (榜单 alone names none)."""
        return [one for one in self.named if start <= one.start and one.end <= end]

    def clause_start(self, position: int) -> int:
        """Offset of the clause that a position stands in."""
        text = self.sentence.text
        return max([text.rfind(mark, 0, position) for mark in "，,；;。：:"]) + 1

    def leads(self, start: int, position: int) -> bool:
        """Whether what is named at an offset is the subject at a position: in its clause, or first in the sentence."""
        opens = max(self.text.rfind(mark, 0, start) for mark in "；;。：:") + 1
        # 上半年，|吉州区…: when it was parts nobody from what is told of him
        when = next((one for one in self.sentence.periods if one.start == opens and one.end < start), None)
        if when is not None and self.text[when.end] in "，,":
            opens = when.end + 1
        return start >= self.clause_start(position) or (start - opens <= 6 and "，" not in self.text[opens:start])

    def finer(self, mention: Mention) -> bool:
        """Whether a place lies inside the place that the document is about."""
        whole = self.sentence.setting.place
        return bool(whole and mention.code and mention.code != whole and mention.code.startswith(whole.rstrip("0")))

    def names(self, mention: Mention) -> bool:
        """Whether a mention tells of a place of its own: 全市 is the document's, 该县 may be one told of before."""
        return not mention.own or mention.text.startswith("该")

    def entity_before(self, position: int) -> Where:
        """The last subject named before a position, or the place in force."""
        named = [mention for mention in self.subjects if mention.start <= position and self.names(mention)]
        return self.where(named[-1]) if named else default_place(self.sentence.setting)

    def entities_before(self, position: int) -> list[Where]:
        """The run of subjects, joined by list marks, that ends last before a position."""
        unregistered = [
            one
            for one in self.entrants
            if one.mention is None and one.end <= position and self.leads(one.start, position)
        ]
        if unregistered and not any(
            mention.start >= unregistered[-1].end and mention.end <= position for mention in self.subjects
        ):
            return [self.where_of(one) for one in run_before(self.text, self.entrants, unregistered[-1].end)]
        named = [mention for mention in self.subjects if mention.end <= position and self.names(mention)]
        here = self.clause_start(position)
        ours = [one for one in self.sentence.mentions if one.own and here <= one.start and one.end <= position]
        if ours and ours[-1].text[0] in "我本" and not any(one.start > ours[-1].start for one in named):
            # 临洮县、安定区入选…，|我县|列第14位
            return [default_place(self.sentence.setting)]
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
        if (pointed := pointed_at(mention, self.sentence.setting, self.sentence.mentions)) is not None:
            return pointed
        if mention.code:
            return Where(mention.code, mention.name, None, "named", mention.start)
        if mention.own and self.sentence.setting.place and not mention.text.startswith("该"):
            return default_place(self.sentence.setting)
        name = mention.name if mention.level in ("zone", "town", "locality") else None
        return Where(None, name, mention.text, "named", mention.start)

    def where_of(self, one: Entrant) -> Where:
        """An entrant as the place of a position."""
        return self.where(one.mention) if one.mention else Where(one.code, one.name, None, "named", one.start)

    def position(
        self,
        list_name: str,
        entity: Where,
        rank: int | None,
        within: int | None,
        span: tuple[int, int],
        number: tuple[int, int],
        rule: str,
        listed: ListName | None = None,
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
            listed: The list as named.
        """
        match = STREAK.search(self.text, self.clause_start(span[0]), span[1]) or STREAK_BEHIND.match(self.text, span[1])
        before = RANK.search(self.text, match.end(), number[0]) if match and match.end() <= number[0] else None
        if before is not None and "，" in self.text[before.end() : number[0]]:
            # 连续三年位居第一，今年退居第二: the years are those of the rank before
            match = None
        streak = integer(match["years"] or match["crowns"]) if match else None
        if listed:
            self.told.add(listed.name)
        edition = self._edition(span[1], rule, listed)
        publisher = listed.publisher if listed else self.in_force.publisher if rule in IN_FORCE_RULES else None
        return Position(list_name, edition, entity, rank, within, streak, span[0], span[1], number, rule, publisher)

    def _edition(self, end: int, rule: str, listed: ListName | None) -> str | None:
        """The year that the list's name, the sentence or the setting states."""
        aside = next((one for one in self.clauses if one.depth and one.start < end <= one.end), None)
        dated = BEFORE_RANK.match(self.text, aside.start, end) if aside is not None else None
        if dated is not None:
            # 排第24位（|2022年为第26位|）
            return dated["year"]
        if listed and listed.edition:
            at = max(0, listed.start - 9)
            own = listed.edition in self.text[at : listed.end + len(listed.edition) + 2]
            # 2017年首次闯入百强: of a list that an earlier sentence named, with its year
            said = None if own else self._year_in_clause(end)
            return said or listed.edition
        if listed.name == self.in_force.name if listed else rule in IN_FORCE_RULES:
            return self.in_force.edition
        stated = [
            period.time_period
            for period in self.sentence.periods
            if period.role == "state"
            and period.time_period
            and period.start < end
            # 1937年建厂,产品远销60多个国家,入围百强: a year told far before is of something else
            and (period.start <= 8 or end - period.start <= FAR)
            # 从去年的第七名上升到第六名: where it stood
            and not (self.text[period.start - 1 : period.start] in ("从", "由", "自") and "/" not in period.time_period)
            # 排第24位（2022年为第26位），在全国创新百强县中排第33位: the year of another rank
            and not any(
                one.depth and one.start <= period.start < one.end < end and "第" in self.text[one.start : one.end]
                for one in self.clauses
            )
        ]
        if stated and self._over(stated[-1]):
            return str(int(stated[-1]) - 1)
        if stated:
            # 从2020年到2024年…居全国第6位: as things stand at the end
            return stated[-1].split("/")[-1][:4]
        if listed and (told := self._told_edition(listed.name)):
            return told
        in_force = self.sentence.setting.period
        if in_force and rule == "indicator-among-places":
            return in_force[:4] if "-" in in_force else in_force[-4:]
        return None

    def _over(self, time_period: str) -> bool:
        """Whether 全年, told in the first months of a year, is that of the year before."""
        setting = self.sentence.setting
        told = next((one.text for one in self.sentence.periods if one.time_period == time_period), "")
        return told_before_end(time_period, setting.clock.published) and told.startswith("全年") and not setting.target

    def _year_in_clause(self, end: int) -> str | None:
        """The year that the clauses of a rank begin with: 某市|2017年|首次闯入百强，排在第92位."""
        opens = max(self.text.rfind(mark, 0, end) for mark in "；;。：:") + 1
        told = [match["year"] for match in YEAR_FIRST.finditer(self.text[:end]) if match.start() >= opens]
        return told[-1] if told else None

    def _told_edition(self, name: str) -> str | None:
        """The year of a list that this sentence or one before it told."""
        known = [*self.named, *self.in_force.named]
        return next((one.edition for one in known if one.name == name and one.edition), None)

    def remember(self) -> None:
        """Put the last list that the sentence names in force for the sentences that follow."""
        # a list that somebody stands on holds on, the title of the report that publishes it does not
        lasting = [
            one
            for one in self.named
            # 力争跻身全国百强县 speaks of a list in passing
            if (one.lasting or one.name in self.told) and not IS_TARGET.search(self.text[: one.start])
        ]
        if not lasting:
            self.in_force.age += 1
            return
        lasting.sort(key=lambda one: not one.title)
        last = lasting[-1]
        if last.edition is None and last.name not in {one.name for one in self.in_force.named}:
            last = replace(last, edition=self._told_edition(last.name) or self._edition(len(self.text), "", None))
        for one in lasting[:-1]:
            self.in_force.hold(one)
        self.in_force.hold(last)
