"""Copies of one article are found, also where a page has changed some of it; articles of one kind are not copies."""

import random
from datetime import datetime

import polars as pl
import pytest

from pipelines.cleaning import clean
from pipelines.copies import COPIES, copies, signatures

PLACES = ("平江县", "岳阳县", "湘阴县", "华容县", "汨罗市", "临湘市")
THINGS = ("粮食", "油菜", "茶叶", "生猪", "水产", "柑橘", "蔬菜", "楠竹", "家禽", "中药材", "豆腐", "粉条")
VERBS = ("产量达到", "种植面积扩大到", "加工产值突破", "带动就业", "外销比重提高到", "合作社增加到")


def article(seed: int, sentences: int = 24) -> str:
    """A text of its own for each seed."""
    chance = random.Random(seed)
    parts = [
        f"{chance.choice(PLACES)}{chance.choice(THINGS)}{chance.choice(VERBS)}{chance.randint(2, 9999)}，"
        f"比上一轮普查多了{chance.randint(1, 99)}处，{chance.choice(THINGS)}和{chance.choice(THINGS)}也有起色。"
        for _ in range(sentences)
    ]
    return "".join(parts)


def cleaned(*texts: str) -> pl.DataFrame:
    rows = [
        {
            "doc_id": f"{number:064x}",
            "file_name": "a.txt",
            "source_path": "a.txt",
            "media_type": "text/plain",
            "raw_text": f"乡村见闻之{number}\n{text}\n",
        }
        for number, text in enumerate(texts)
    ]
    return clean(pl.DataFrame(rows))["clean_documents"]


def found(*texts: str, days: tuple[int, ...] = ()) -> list[tuple[int, int]]:
    """Which texts are copies of which, by their numbers."""
    ids = [f"{number:064x}" for number in range(len(texts))]
    dates = [datetime(2024, 1, day) for day in days] or [None] * len(texts)
    published = pl.DataFrame(
        {"doc_id": ids, "published_at": dates}, schema={"doc_id": pl.String, "published_at": pl.Datetime}
    )
    rows = copies(signatures(cleaned(*texts)), published)
    assert rows.schema == COPIES
    return [(ids.index(one), ids.index(of)) for one, of in rows.iter_rows()]


def edited(text: str, seed: int) -> str:
    """The article as another page prints it: a sentence cut, some words changed, a line of its own at the end."""
    chance = random.Random(seed)
    sentences = text.split("。")
    del sentences[chance.randrange(len(sentences))]
    return "。".join(sentences).replace("也有起色", "亦有起色", 2) + "（本网综合整理）"


@pytest.mark.parametrize("seed", range(8))
def test_an_edited_copy_is_found(seed: int) -> None:
    text = article(seed)
    assert found(text, article(seed + 100), edited(text, seed)) == [(2, 0)]


def test_articles_of_one_kind_are_no_copies() -> None:
    assert found(*(article(seed) for seed in range(30))) == []


def test_the_first_to_publish_is_the_original() -> None:
    text = article(1)
    assert found(text, edited(text, 1), edited(text, 2), days=(9, 3, 5)) == [(0, 1), (2, 1)]


def test_short_notices_of_one_form_are_no_copies() -> None:
    assert found("关于召开座谈会的通知，请各单位准时参加。", "关于召开座谈会的通知，请各单位准时参加！") == []


def test_many_copies_of_one_article_are_one_group() -> None:
    text = article(5)
    assert found(*[text] * 200) == [(number, 0) for number in range(1, 200)]


def test_signatures_are_the_same_every_time() -> None:
    documents = cleaned(article(3), article(4))
    first, again = signatures(documents), signatures(documents.reverse())
    assert first.equals(again.reverse())
