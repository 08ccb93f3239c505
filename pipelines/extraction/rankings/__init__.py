"""Rankings: who stands where on which list, and where an indicator ranks.

Here: the order in which the readers of rankings are asked, and their rows. Not here: the readers (`on_lists`,
`of_indicators`) and the names of lists, which are rows of `ranking_lists.csv`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from pipelines.extraction.binding import Scope
from pipelines.extraction.blocks import Sentence
from pipelines.extraction.document import Document
from pipelines.extraction.facts import stable_id
from pipelines.extraction.rankings.earlier import stood, yearly
from pipelines.extraction.rankings.entries import entered, entries
from pipelines.extraction.rankings.inherited import inherited
from pipelines.extraction.rankings.largest import largest
from pipelines.extraction.rankings.lines import numbered_lines
from pipelines.extraction.rankings.names import size_of
from pipelines.extraction.rankings.of_indicators import among_places, named_behind
from pipelines.extraction.rankings.on_lists import (
    aspects,
    behind_list,
    handed_out,
    in_all,
    in_parentheses,
    list_of,
    on_list,
    several,
    sweeps,
)
from pipelines.extraction.rankings.rank_first import rank_then_name
from pipelines.extraction.rankings.roundups import round_ups
from pipelines.extraction.rankings.tiles import read_tiles
from pipelines.extraction.rankings.view import ListInForce, Position, View
from pipelines.extraction.rankings.whose import scoped_list
from pipelines.extraction.rankings.words import (
    AS_A_GROUP,
    BY_YEAR,
    FROM_RANK,
    IS_TARGET,
    PART_OF_LIST,
    RANK,
    STREAK,
    TOLD,
    TRIES,
    list_publishers,
)

# 前三名分别是某县、某市: the ranks are theirs
NAMES_FOLLOW = re.compile(
    r"前[一二三四五六七八九十\d]+(?:名|位|强)?的?[\u4e00-\u9fff]{0,3}(?:[，,]?(?:依次|分别))?(?:是|为|有)?[:：]|前[一二三四五六七八九十\d]+(?:名|位|强)?的?[\u4e00-\u9fff]{0,3}[，,]?(?:依次|分别|是|为)(?!目标|方向|标杆)"
)
# 附：2022年百强县前十名, above a list of them: says of nobody that he is among them
HEADS_A_LIST = re.compile(
    r"(?:附[件表录]?\d?[:：])?\s*(?:(?:19|20)\d{2}年?度?)?(?![^，。；]*(?:列|居|入|进|登|占|跻|获|排名|排在))[^，。；]{2,20}"
    r"(?<!全[国省市州县区旗])前[一二三四五六七八九十\d]{1,3}(?:名|位|强)?(?:榜单|名单|一览表?|排行榜?)?[:：]?\s*"
)
NAMED = re.compile(r"^[“《]?[\u4e00-\u9fffA-Za-z0-9]{2}")
# a line of a list is no longer
LONGEST_LINE = 80
Row = dict[str, Any]
__all__ = ["ListInForce", "may_rank", "read_rankings", "read_row_rankings", "read_tile_rankings", "without_implied"]


def may_rank(text: str, in_force: ListInForce) -> bool:
    """Whether a sentence can state a ranking: by its words, or as a line below the name of a list."""
    lined = bool(in_force.name) and len(text) <= LONGEST_LINE
    return lined or TOLD.search(text) is not None


def read_rankings(
    document: Document, sentence: Sentence, scope: Scope, in_force: ListInForce, code_version: str
) -> Iterator[dict[str, Any]]:
    """Rows of `rankings` that one sentence states.

    Args:
        document: The document.
        sentence: The sentence, one that `may_rank`.
        scope: The bound quantities of the sentence.
        in_force: The list that earlier sentences named; it is brought up to date.
        code_version: What the rows say they were read by.
    """
    # what a bracket tells of another place is not what is ranked
    own = [draft for draft in scope.drafts if draft.rule != "beside-in-bracket"]
    view = View(sentence, own, scope.clauses, in_force)
    for position in _told_once(_positions(view)):
        if not NAMED.search(position.list_name):
            # 第十 before a line break in 第十四届: a dash is no list
            continue
        scoped = scoped_list(view, position.list_name, position.entity)
        yield _row(document, sentence, replace(position, list_name=scoped), code_version)
    view.remember()


def read_row_rankings(
    document: Document, row: Sentence, in_force: ListInForce, code_version: str
) -> Iterator[dict[str, Any]]:
    """Rows of `rankings` that one row of a table states: a table with a column of ranks below the name of a list.

    Args:
        document: The document.
        row: The row, as a sentence.
        in_force: The list that the text above the table named; it is brought up to date.
        code_version: What the rows say they were read by.
    """
    view = View(row, (), (), in_force)
    for position in numbered_lines(view):
        yield _row(document, row, position, code_version)
    view.remember()


def read_tile_rankings(
    document: Document, sentences: Sequence[Sentence], code_version: str
) -> Iterator[tuple[Sentence, Row]]:
    """Rows of `rankings` that the tiles of a dashboard state, each with the line of its rank.

    Args:
        document: The document.
        sentences: Its sentences.
        code_version: What the rows say they were read by.
    """
    for sentence, position in read_tiles(sentences):
        yield sentence, _row(document, sentence, position, code_version)


def without_implied(rows: Iterable[Row]) -> list[Row]:
    """Rows of a document without the mere entries (入围十强) of who has a rank on the same list and edition anyway.

    Args:
        rows: Rows of `rankings` of one document.
    """
    rows = list(rows)
    ranked = {_standing(row): row for row in reversed(rows) if row["rank"] is not None}
    kept = []
    for row in rows:
        same = ranked.get(_standing(row)) if row["rank"] is None else None
        entry = same is not None and row["within_top"] == size_of(row["list_name"])
        if same is not None and entry and same["streak_years"] in (None, row["streak_years"]):
            # 列第48位，连续12年入围该榜单: the years are told of the one who stands there
            same["streak_years"] = row["streak_years"]
        elif same is None or row["streak_years"] is not None:
            kept.append(row)
    return kept


def _standing(row: Row) -> tuple[object, ...]:
    """Who is on which edition of which list, or is to be: 第46位 does not imply 力争进入前40位."""
    return row["list_name"], row["edition"], row["entity_name"], row["nature"]


def _told_once(positions: Iterable[Position]) -> list[Position]:
    """居第1位，连续四年蝉联榜首: one position, with its streak."""
    found: dict[tuple[object, ...], Position] = {}
    for position in positions:
        entity = position.entity.code or position.entity.name
        key = (position.list_name, position.edition, entity, position.rank, position.within)
        if key not in found or (position.streak and not found[key].streak):
            found[key] = position
    return list(found.values())


def _positions(view: View) -> Iterator[Position]:
    """Positions of a sentence; what a special reader has claimed the general ones leave alone."""
    taken: list[tuple[int, int]] = []
    ranked: list[Position] = []
    lined = list(numbered_lines(view))
    if lined:
        yield from lined
        return
    for reader in (sweeps, in_parentheses, behind_list, several, rank_then_name, round_ups, aspects, largest, in_all):
        found = list(reader(view))
        for position in found:
            if not any(a < position.number[1] and position.number[0] < b for a, b in taken) or reader is sweeps:
                ranked += [position] if position.rank or position.within else []
                yield position
        taken += [position.number for position in found]
    # 力争进入百强前40位 stands before a rank in a parenthesis as well
    named = [one.number[0] for one in ranked if one.rule != "rank-in-parenthesis"]
    listed_after = min(named, default=len(view.text))
    left_behind = [match.span() for match in FROM_RANK.finditer(view.text)]
    ranks = [
        match
        for match in RANK.finditer(view.text)
        if not any(a < match.end() and match.start() < b for a, b in taken)
        and not (match["within"] and named and match.start() < listed_after)
        and not (match["within"] and PART_OF_LIST.match(view.text, match.end()))
        and not (match["within"] and AS_A_GROUP.search(view.text[: match.start()]))
        and not any(start < match.start() < end for start, end in left_behind)
        and not NAMES_FOLLOW.match(view.text, match.start())
        and not (match["within"] and HEADS_A_LIST.fullmatch(view.text))
        # 倒数第二位 is no second place
        and not view.text.endswith("倒数", 0, match.start())
        # 慈溪（第6名）: whose it is stands before the parenthesis
        and view.text[match.start() - 1 : match.start()] not in ("（", "(")
    ]
    index = 0
    while index < len(ranks):
        run = [ranks[index]]
        while index + len(run) < len(ranks) and re.fullmatch(
            r"[、和]|以及", view.text[run[-1].end() : ranks[index + len(run)].start()]
        ):
            run.append(ranks[index + len(run)])
        listed = list_of(view, run[0])
        behind = named_behind(view, run[0])
        last = max((one for one in ranked if one.end <= run[0].start()), key=lambda one: one.end, default=None)
        again = inherited(view, run[0], last) if last is not None else None
        if again is not None and last is not None and listed is not None and listed.start >= last.end:
            # 在全国百强县中排第58名、在全省十强县中排第10名: a list of its own
            again = None
        if last is not None and (years := yearly(view, run, last)):
            found = years
        elif again is not None:
            found = [again]
        elif listed is not None:
            found = [position for rank, one in handed_out(view, run, listed) for position in on_list(view, rank, one)]
        elif behind is not None:
            found = [behind]
        else:
            found = list(among_places(view, run))
        ranked += found
        yield from found
        index += len(run)
    yield from stood(view, ranked)
    yield from entered(view, taken + [match.span() for match in ranks])
    yield from entries(view)


def _is_target(sentence: Sentence, end: int) -> bool:
    """Whether a position is still to be won: 力争进入, or by a year that has not come (到2030年)."""
    said = sentence.text[:end]
    clause = said[max(said.rfind(mark) for mark in "，,；;。：:") + 1 :]
    if IS_TARGET.search(said) or TRIES.search(clause):
        return True
    year = sentence.setting.clock.year
    if year is not None and any(int(match["year"]) > year for match in BY_YEAR.finditer(said)):
        return True
    # in a plan: 2023年…居德阳市第2位, 连续六年位列…首位 tell how things stand
    past = any(
        period.role == "state" and period.time_period and year is not None and int(period.time_period[:4]) < year
        for period in sentence.periods
    )
    return sentence.setting.target and not past and not STREAK.search(clause)


def _row(document: Document, sentence: Sentence, position: Position, code_version: str) -> dict[str, Any]:
    raw_start, raw_end = document.raw_span(sentence.start + position.start, sentence.start + position.end)
    doc_id, entity = document.row["doc_id"], position.entity
    return {
        "ranking_id": stable_id(
            doc_id, "ranking", raw_start, raw_end, position.list_name, entity.name, position.rank, position.within
        ),
        "doc_id": doc_id,
        "section": sentence.block.section,
        "list_name": position.list_name,
        "edition": position.edition,
        "publisher": position.publisher or list_publishers().get(position.list_name) or None,
        "entity_name": entity.name,
        "entity_code": entity.code,
        "rank": position.rank,
        "within_top": position.within,
        "streak_years": position.streak,
        "nature": "target" if _is_target(sentence, position.end) else "actual",
        "quote": document.row["raw_text"][raw_start:raw_end],
        "raw_start": raw_start,
        "raw_end": raw_end,
        "sentence": document.written(*sentence.span),
        "rule": position.rule,
        "code_version": code_version,
        "_numbers": position.number,
    }
