"""Persons in office and organizations: the event they belong to, long lists, and the sanity of their word lists.

Here: what no single sentence of the case files shows. Not here: sentences (`cases/person_roles.json`,
`cases/organizations.json`).
"""

from typing import Any, get_args

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.cleaning import clean
from pipelines.extraction import read_facts
from pipelines.extraction.document import Document
from pipelines.extraction.organizations import read_organizations
from pipelines.extraction.person_roles import read_person_roles
from pipelines.extraction.person_roles.names import looks_like_name, name_at
from schemas.registry import load_registry
from schemas.vocabulary import OrganizationRelation, RoleInEvent
from tests.growth import cpu_seconds

Row = dict[str, Any]


def document_of(text: str) -> Document:
    """A cleaned page."""
    raw = pl.DataFrame(
        [{"doc_id": "0" * 64, "file_name": "", "source_path": "", "media_type": "text/plain", "raw_text": text}]
    )
    return Document(clean(raw)["clean_documents"].to_dicts()[0])


def event(text: str, words: str, sort: str, day: str | None = None, section: str = "body") -> Row:
    """A row of `events` that stands at some words of the text."""
    start = text.index(words)
    return {
        "name": words,
        "event_date": day,
        "type": sort,
        "section": section,
        "raw_start": start,
        "raw_end": start + len(words),
    }


TOUR = (
    "江阴市经贸代表团赴上海考察\n"
    "3月5日，江阴市委书记许长峰率江阴市经贸代表团赴上海考察。昆山市委书记陈小艳到苏州调研。\n"
    "3月7日，全市经济工作会议召开。许长峰在会上讲话。\n"
    "许长峰一行考察了华东机电集团、上海智谷产业园。\n"
)


def test_a_statement_belongs_to_a_fitting_event() -> None:
    document = document_of(TOUR)
    events = [
        event(TOUR, "江阴市经贸代表团赴上海考察", "visit", "2024-03-05"),
        event(TOUR, "陈小艳到苏州调研", "visit", "2024-03-05"),
        event(TOUR, "全市经济工作会议", "conference", "2024-03-07"),
    ]
    sentences = list(document.sentences())
    roles = {
        (row["person"], row["role_in_event"]): (row["event"], row["role_date"])
        for row in read_person_roles(document, sentences, events)
    }
    assert roles["陈小艳", "led_visit"][0] == "陈小艳到苏州调研"
    assert roles["许长峰", "spoke"] == ("全市经济工作会议", "2024-03-07")
    assert roles["许长峰", "led_visit"][0] == "江阴市经贸代表团赴上海考察"
    visited = {row["name"]: row["event"] for row in read_organizations(document, sentences, events)}
    # the meeting was told last, but nobody visits a firm at a meeting
    assert visited == dict.fromkeys(("华东机电集团", "上海智谷产业园"), "江阴市经贸代表团赴上海考察")


def test_without_events_there_is_no_event() -> None:
    document = document_of(TOUR)
    rows = read_person_roles(document, list(document.sentences()), [])
    assert rows
    assert {row["event"] for row in rows} == {None}


@pytest.mark.parametrize(
    "unit",
    ["县委书记张三、", "考察了平江产业园、", "甲、乙等企业", "记者 张三 ", "任命张三为县长、", "，在成立了平江研究院"],
)
def test_long_lists_are_read_in_linear_time(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        return cpu_seconds(lambda: read_facts(text))

    # Eight times the text: an eightfold time, with room for the noise of the machine; pairs of all positions take 64.
    assert seconds(16_000) < 32 * seconds(2_000)


WORDS = (
    "昆山市委书记 县长 、 ， 。 （ ） “ ” 和 张三 陈丽艳 买买提·艾力 高质量 等 出席 在会上表示 任 任命 为 考察了 "
    "平江产业园 华东集团 有限公司 3家企业 入围 责任编辑： 记者 习近平总书记 强调 成立了 —— 率队 的 王志和 由 承办 领投"
)
PHRASES = st.sampled_from((*WORDS.split(), "\n", " "))
QUICK = settings(
    max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)


@QUICK
@given(st.lists(PHRASES, max_size=20).map("".join))
def test_rows_stand_where_they_say(text: str) -> None:
    facts = read_facts(text, None, "320583")
    for row in facts.person_roles:
        assert text[row["raw_start"] : row["raw_end"]] == row["quote"]
        assert row["person"] == "".join(row["person"].split()) != ""
        assert row["position"].strip()
        assert row["role_in_event"] in get_args(RoleInEvent)
    for row in facts.organizations:
        assert text[row["raw_start"] : row["raw_end"]] == row["quote"]
        assert row["name"].strip(" “”") == row["name"] != ""
        assert row["relation"] in get_args(OrganizationRelation)


def test_names_end_where_the_next_word_begins() -> None:
    ends = {
        "周伟在致辞时表示": "周伟",
        "张志和、李四": "张志和",
        "刘志和率队": "刘志和",
        "高伟说，": "高伟",
        "欧阳文静出席": "欧阳文静",
        "王鼎 摄": "王鼎",
        "周 伟\n": "周伟",
        "梳理发现": None,
    }
    found = {text: name_at(text, 0) for text in ends}
    assert {text: name and name.text for text, name in found.items()} == ends


@pytest.mark.parametrize("table", ["name_words", "organization_words", "organization_cues", "role_verbs", "surnames"])
def test_no_word_is_there_twice(table: str) -> None:
    rows = [tuple(row.values()) for row in load_registry().table(table)]
    assert sorted({row for row in rows if rows.count(row) > 1}) == []


def test_words_of_the_lists_do_something() -> None:
    registry = load_registry()
    surnames = {row["surname"] for row in registry.table("surnames")}
    assert {row["kind"] for row in registry.table("surnames")} == {"common", "word", "compound"}
    for row in registry.table("name_words"):
        if row["kind"] in ("no_name", "no_name_alone"):
            assert row["text"][0] in surnames or row["text"][:2] in surnames, f"no surname begins {row['text']}"
            assert not looks_like_name(row["text"])
    assert {row["role"] for row in registry.table("role_verbs")} <= set(get_args(RoleInEvent))
    assert {row["relation"] for row in registry.table("organization_cues")} <= set(get_args(OrganizationRelation))
    assert {row["side"] for row in registry.table("organization_cues")} == {"before", "after"}
