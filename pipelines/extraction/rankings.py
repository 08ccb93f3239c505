"""Rankings: who stands where on which list.

Here: places on published lists (全国百强县市第一, 入围前100, 包揽“五个第一”) and positions of an indicator among
places (增速居全国第二). Not here: the names of lists, which are rows of `ranking_lists.csv`, and the numbers
themselves (`observations`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.extraction.binding import Draft, Scope
from pipelines.extraction.blocks import Sentence
from pipelines.extraction.document import Document
from pipelines.extraction.facts import stable_id
from pipelines.extraction.indicators import metric_heads, resolve
from pipelines.extraction.lexicon import registry
from pipelines.extraction.places import Mention
from pipelines.extraction.ranking_lists import (
    BARE_LIST,
    ECONOMY,
    IN_PARENTHESES,
    LIST,
    PLACE_AND_RANK,
    RANK,
    SCOPE,
    SEQUENCE,
    STREAK,
    SWEEP,
    alias_anywhere,
    integer,
    list_about,
    rank_value,
    standard_list,
)
from pipelines.extraction.sentences import Clause
from pipelines.extraction.setting import Where
from pipelines.extraction.where import default_place, places_of, subjects
from pipelines.extraction.windows import peel_left


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


def read_rankings(document: Document, sentence: Sentence, scope: Scope, code_version: str) -> Iterator[dict[str, Any]]:
    """Rows of `rankings` that one sentence states.

    Args:
        document: The document.
        sentence: The sentence.
        scope: The bound quantities of the sentence.
        code_version: What the rows say they were read by.
    """
    text = sentence.text
    if not (RANK.search(text) or SWEEP.search(text) or IN_PARENTHESES.search(text)):
        return
    reader = _Reader(document, sentence, scope.drafts, scope.clauses)
    for position in reader.read():
        yield _row(document, sentence, position, code_version)


@dataclass(slots=True)
class _Reader:
    document: Document
    sentence: Sentence
    drafts: Sequence[Draft]
    clauses: Sequence[Clause]
    last_list: str = ""

    def read(self) -> Iterator[Position]:
        text = self.sentence.text
        swept = SWEEP.search(text)
        if swept:
            yield from self._sweep(swept)
        taken = [match.span() for match in IN_PARENTHESES.finditer(text)]
        for match in IN_PARENTHESES.finditer(text):
            yield self._position(
                standard_list(match["list"], self._entity(match.start())),
                self._entity(match.start()),
                int(match["rank"]),
                None,
                match.start(),
                match.end(),
                match.span("rank"),
                "rank-in-parenthesis",
            )
        if sequence := SEQUENCE.search(text):
            found = list(self._sequence(sequence))
            if found:
                yield from found
                taken.append(sequence.span())
        listed = list(self._place_list())
        if listed:
            yield from listed
            taken += [position.number for position in listed]
        covered = {position.list_name for position in listed}
        ranks = [
            match
            for match in RANK.finditer(text)
            if not (match["within"] and listed and covered and match.start() < listed[0].number[0])
            and not (swept and swept.start() <= match.start() < swept.end())
            and not any(a < match.end() and match.start() < b for a, b in taken)
        ]
        index = 0
        while index < len(ranks):
            run = [ranks[index]]
            while index + len(run) < len(ranks) and re.fullmatch(
                r"[、和]|以及", text[run[-1].end() : ranks[index + len(run)].start()]
            ):
                run.append(ranks[index + len(run)])
            yield from self._run(run)
            index += len(run)

    # -- lists ---------------------------------------------------------------------------------------------------------

    def _run(self, run: list[re.Match[str]]) -> Iterator[Position]:
        text = self.sentence.text
        first = run[0]
        start = self._clause_start(first.start())
        before = text[start : first.start()]
        list_match = self._list_before(start, first)
        if list_match is not None:
            yield from self._on_list(first, list_match, start)
            return
        alone = first["top"] and first.group() in ("居首", "领跑", "头名", "首席")
        scoped = None if alone else SCOPE.search(before)
        scope = scoped["scope"] if scoped else None
        named = self._named_behind(first)
        if named is not None:
            yield from named
            return
        if (
            scope
            or first.group() in ("居首", "之首", "首位")
            or re.search(r"(?:排名?|位列|位居|居|列|排位|位次)(?:分别)?(?:为|在|到|至)?\s*$", before)
        ):
            yield from self._among_places(run, start, scope)

    def _named_behind(self, rank: re.Match[str]) -> list[Position] | None:
        """排名第10位的余姚市（63381元/年）: the name stands behind, the indicator is that of the nearest number."""
        text = self.sentence.text
        if not re.match(r"的", text[rank.end() :]):
            return None
        behind = next((mention for mention in self.sentence.mentions if mention.start == rank.end() + 1), None)
        drafts = sorted(
            (draft for draft in self.drafts if draft.measure == "level"),
            key=lambda draft: abs(draft.quantity.start - rank.end()),
        )
        if behind is None or not drafts or not re.search(r"(?:排名?|位列|位居|居)\s*$", text[: rank.start()]):
            return None
        entity = self._mention(behind)
        return [
            self._position(
                drafts[0].resolved.name,
                entity,
                rank_value(rank),
                None,
                rank.start(),
                behind.end,
                rank.span(),
                "rank-before-entity",
            )
        ]

    def _list_before(self, start: int, rank: re.Match[str]) -> re.Match[str] | None:
        text = self.sentence.text
        found = None
        for match in LIST.finditer(text, max(0, start - 40), min(len(text), rank.end() + 24)):
            if match["list"] in BARE_LIST:
                continue
            gap = re.sub(r"^[”\"]?(?:榜单|排行榜|榜)?", "", text[match.end() : rank.start()])
            if match.end() <= rank.start() and len(gap) <= 8 and not re.search(r"[；。]", gap):
                found = match
            elif match.start() >= rank.start() and rank["top"] == "霸榜" and match.start() - rank.end() <= 2:
                return match
            elif match.end() <= rank.start() + 1 and rank["top"] and len(gap) <= 12:
                found = match
        return found

    def _on_list(self, rank: re.Match[str], listed: re.Match[str], start: int) -> Iterator[Position]:
        number = rank_value(rank)
        within = integer(rank["within"]) if rank["within"] else None
        if rank["top"]:
            number = 1
        entities = self._entities(listed, rank)
        end = max(rank.end(), listed.end())
        for entity in entities:
            if entity.name is None:
                continue
            yield self._position(
                standard_list(listed["list"], entity),
                entity,
                number,
                within,
                min(start, listed.start()),
                end,
                rank.span(),
                "on-a-list",
                listed,
            )

    def _entities(self, listed: re.Match[str], rank: re.Match[str]) -> list[Where]:
        """Who stands there: the subject before, or the noun behind 的 (连续20年霸榜“中国百强县”的昆山)."""
        text = self.sentence.text
        end = max(listed.end(), rank.end())
        for mention in self.sentence.mentions:
            if mention.start >= end and re.fullmatch(r"[”\"]?(?:\d+年)?的", text[end : mention.start]):
                return [self._mention(mention)]
        before = [
            mention
            for mention in subjects(text, self.sentence.mentions)
            if mention.end <= rank.start()
            and not mention.own
            and mention.level != "country"
            and not (listed.start() + 2 < mention.start and mention.end < listed.end() and mention.level != "town")
        ]
        if before:
            run = [before[-1]]
            for mention in reversed(before[:-1]):
                if re.fullmatch(r"[、和与及]|以及", text[mention.end : run[0].start].strip()):
                    run.insert(0, mention)
                else:
                    break
            return [self._mention(mention) for mention in run]
        return [default_place(self.sentence.setting)]

    def _sweep(self, match: re.Match[str]) -> Iterator[Position]:
        """昆山包揽综合实力、绿色发展…“五个第一”: one first place for each item."""
        entity = self._entity(match.start())
        if entity.name is None:
            return
        items = [item.strip(" 等") for item in re.split(r"[、和]", match["items"])]
        for item in items:
            name = list_about(item, entity)
            if name:
                yield self._position(
                    name,
                    entity,
                    1,
                    None,
                    self._clause_start(match.start()),
                    match.end(),
                    match.span("count"),
                    "sweeps-lists",
                )

    def _place_list(self) -> Iterator[Position]:
        """均位列全国百强县前十名,昆山市第一、张家港市第三: a list, then places with their ranks."""
        text = self.sentence.text
        found = [(mention, PLACE_AND_RANK.match(text, mention.end)) for mention in self.sentence.mentions]
        found = [(mention, PLACE_AND_RANK.match(text[mention.end :])) for mention, _ in found]
        ranked = [(mention, match) for mention, match in found if match]
        if len(ranked) < 2:
            return
        listed = list(LIST.finditer(text, 0, ranked[0][0].start))
        if not listed:
            return
        for mention, match in ranked:
            entity = self._mention(mention)
            end = mention.end + match.end()
            yield self._position(
                standard_list(listed[-1]["list"], entity),
                entity,
                integer(match["rank"]),
                None,
                listed[-1].start(),
                end,
                (mention.end, end),
                "places-with-ranks",
                listed[-1],
            )

    def _sequence(self, match: re.Match[str]) -> Iterator[Position]:
        """昆山、张家港、江阴排名第三至第五位: consecutive ranks in the order named."""
        text = self.sentence.text
        first, last = integer(match["first"]), integer(match["last"])
        listed = list(LIST.finditer(text, 0, match.start()))
        if first is None or last is None or not listed:
            return
        mentions = [
            mention
            for mention in subjects(text, self.sentence.mentions)
            if mention.start >= listed[-1].end() and mention.end <= match.start() and mention.level != "group"
        ]
        if len(mentions) != last - first + 1:
            return
        for offset, mention in enumerate(mentions):
            entity = self._mention(mention)
            yield self._position(
                standard_list(listed[-1]["list"], entity),
                entity,
                first + offset,
                None,
                listed[-1].start(),
                match.end(),
                match.span(),
                "consecutive-ranks",
                listed[-1],
            )

    # -- positions of an indicator -------------------------------------------------------------------------------------

    def _among_places(self, run: list[re.Match[str]], start: int, scope: str | None) -> Iterator[Position]:
        """增速居全国第二; 分别居全国第二、第七、第九: the indicators are those of the numbers before."""
        before = [
            draft
            for draft in self.drafts
            if draft.quantity.end <= run[0].start() and (draft.quantity.measure_hint != "tier")
        ]
        names = self._indicator_names(run, start, before)
        if not names:
            return
        scope_name = self._scope_name(scope)
        for rank, (name, draft) in zip(run, names, strict=False):
            entity = self._ranked_place(draft, start, run[0].start(), scope)
            if entity is None or entity.name is None:
                continue
            list_name = f"{name}（{scope_name}）" if scope_name else name
            within = integer(rank["within"]) if rank["within"] else None
            number = 1 if rank["top"] else rank_value(rank)
            begin = draft.start if draft is not None else start
            yield self._position(
                list_name, entity, number, within, min(begin, start), rank.end(), rank.span(), "indicator-among-places"
            )

    def _indicator_names(
        self, run: list[re.Match[str]], start: int, before: list[Draft]
    ) -> list[tuple[str, Draft | None]]:
        text = self.sentence.text
        window = text[start : run[0].start()]
        cut = re.search(
            r"(?:分别|均|双双|也|已|继续|仍|再次)*(?:位居|居|列|排|位列|排名|名列|稳居|跃居|升至|跃升至|保持)", window
        )
        noun = ""
        bare = None if cut else re.search(r"(?:全国|全省|全市|全区|全球|世界)\s*$", window)
        cut = cut or bare
        if cut:
            head = window[: cut.start()]
            for mention in self.sentence.mentions:
                if start <= mention.start < start + cut.start():
                    head = (
                        head[: mention.start - start]
                        + "\u3000" * (mention.end - mention.start)
                        + head[mention.end - start :]
                    )
            for period in self.sentence.periods:
                if start <= period.start < start + cut.start():
                    head = (
                        head[: period.start - start]
                        + "\u3000" * (period.end - period.start)
                        + head[period.end - start :]
                    )
            left = peel_left(head.rstrip("在 "), 0)
            noun = left.noun or (
                "增速" if re.search(r"(?:增速|增幅)(?:在|均|分别)?\s*$", head.rstrip("\u3000在 ")) else ""
            )
        if len(run) > 1:
            if len(before) >= len(run):
                return [(_named(draft), draft) for draft in before[-len(run) :]]
            return []
        generic = not noun or re.fullmatch(r"(?:增速|增幅|总量|位次|排名|规模|增长|均|其)", noun)
        if ECONOMY.fullmatch(noun):
            return [("地区生产总值增速", None)]
        if generic:
            if not before:
                return self._indicator_earlier(run[0].start())
            draft = before[-1]
            name = draft.resolved.name
            if draft.measure == "growth" or (noun in ("增速", "增幅")):
                name += "增速"
            return [(name, draft)]
        if re.search(r"[，、]", noun) and not metric_heads().search(noun):
            return []
        resolved = resolve(re.sub(r"(?:增速|增幅)$", "", noun))
        name = (resolved.name if resolved.code else re.sub(r"(?:增速|增幅)$", "", noun)) + (
            "增速" if re.search(r"(?:增速|增幅)$", noun) else ""
        )
        return [(name, None)] if 2 <= len(name) <= 24 else []

    def _indicator_earlier(self, position: int) -> list[tuple[str, Draft | None]]:
        """浙江省人均可支配收入…,位列全国第三: the indicator of an earlier clause without a number."""
        found = list(alias_anywhere().finditer(self.sentence.text, 0, position))
        return [(resolve(found[-1].group()).name, None)] if found else []

    def _ranked_place(self, draft: Draft | None, start: int, end: int, scope: str | None) -> Where | None:
        text = self.sentence.text
        named = [
            mention
            for mention in subjects(text, self.sentence.mentions)
            if mention.end <= end and not (scope and mention.text == scope)
        ]
        own = [mention for mention in named if not mention.own]
        if own:
            return self._mention(own[-1])
        if draft is not None:
            return places_of(
                draft,
                text,
                self.clauses,
                [mention for mention in self.sentence.mentions if mention.text != scope],
                self.sentence.setting,
            )[0]
        return default_place(self.sentence.setting)

    def _scope_name(self, scope: str | None) -> str:
        if not scope:
            return ""
        if scope in ("全省", "全市", "全区", "全州", "全自治区"):
            level = {"全省": "省", "全市": "市", "全区": "区", "全州": "州", "全自治区": "自治区"}[scope]
            place = registry().places.get(self.sentence.setting.place or "")
            above = registry().places.get(place.parent_code or "") if place else None
            while above is not None and above.level != "country":
                if (
                    above.name.endswith(level)
                    or (level == "省" and above.level == "province")
                    or (level == "市" and above.level == "prefecture")
                ):
                    return above.name
                above = registry().places.get(above.parent_code or "")
        return scope

    # -- helpers -------------------------------------------------------------------------------------------------------

    def _clause_start(self, position: int) -> int:
        text = self.sentence.text
        return max(text.rfind(mark, 0, position) for mark in "，,；;。：:") + 1

    def _entity(self, position: int) -> Where:
        named = [
            mention
            for mention in subjects(self.sentence.text, self.sentence.mentions)
            if mention.start <= position and not mention.own
        ]
        return self._mention(named[-1]) if named else default_place(self.sentence.setting)

    def _mention(self, mention: Mention) -> Where:
        if mention.code:
            return Where(mention.code, mention.name, None, "named", mention.start)
        if mention.own and self.sentence.setting.place:
            return default_place(self.sentence.setting)
        return Where(
            None, mention.name if mention.level in ("zone", "town") else None, mention.text, "named", mention.start
        )

    def _position(
        self,
        name: str,
        entity: Where,
        rank: int | None,
        within: int | None,
        start: int,
        end: int,
        number: tuple[int, int],
        rule: str,
        listed: re.Match[str] | None = None,
    ) -> Position:
        text = self.sentence.text
        edition = None
        if listed and (year := re.match(r"((?:19|20)\d{2})", listed.group())):
            edition = year[1]
        if edition is None:
            stated = [
                period
                for period in self.sentence.periods
                if period.role == "state" and period.time_period and period.start < end
            ]
            edition = stated[-1].time_period[:4] if stated and stated[-1].time_period else None
        if edition is None and self.sentence.setting.period and rule == "indicator-among-places":
            edition = (
                self.sentence.setting.period[-4:]
                if "-" not in self.sentence.setting.period
                else self.sentence.setting.period[:4]
            )
        clause = text[self._clause_start(start) : end + 8]
        match = STREAK.search(clause)
        streak = integer(match["years"] or match["crowns"]) if match else None
        return Position(name, edition, entity, rank, within, streak, start, end, number, rule)


def _named(draft: Draft) -> str:
    return draft.resolved.name + ("增速" if draft.measure == "growth" else "")


def _row(document: Document, sentence: Sentence, position: Position, code_version: str) -> dict[str, Any]:
    raw_start, raw_end = document.raw_span(sentence.start + position.start, sentence.start + position.end)
    doc_id = document.row["doc_id"]
    publishers = {row["name"]: row["publisher"] for row in registry().ranking_lists}
    return {
        "ranking_id": stable_id(
            doc_id,
            "ranking",
            raw_start,
            raw_end,
            position.list_name,
            position.entity.name,
            position.rank,
            position.within,
        ),
        "doc_id": doc_id,
        "section": sentence.block.section,
        "list_name": position.list_name,
        "edition": position.edition,
        "publisher": publishers.get(position.list_name) or None,
        "entity_name": position.entity.name,
        "entity_code": position.entity.code,
        "rank": position.rank,
        "within_top": position.within,
        "streak_years": position.streak,
        "nature": "target" if re.search(r"力争|争取|目标|争创|冲刺|确保", sentence.text[: position.end]) else "actual",
        "quote": document.row["raw_text"][raw_start:raw_end],
        "raw_start": raw_start,
        "raw_end": raw_end,
        "sentence": sentence.text,
        "rule": position.rule,
        "code_version": code_version,
        "_numbers": position.number,
    }
