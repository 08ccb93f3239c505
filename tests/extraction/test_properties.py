"""What must hold for any text: offsets map back, no number is lost, reading is deterministic, documents do not meet.

Here: texts put together from the phrases, numbers, units and marks of development documents, in orders that no document
has. Not here: what a sentence means (`test_cases`).
"""

import hashlib
import re
import unicodedata
from datetime import date
from itertools import pairwise

import polars as pl
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipelines.cleaning import clean
from pipelines.extraction import Facts, extract, read_facts, read_periods, read_quantities


def words(text: str) -> tuple[str, ...]:
    """The words of a line."""
    return tuple(text.split())


PLACES = words("昆山市 平江县 和平 平安 全市 我县 全省 该区 长三角 开发区 西湖区 百色市")
NOUNS = words(
    "地区生产总值 GDP 一般公共预算收入 规上工业企业 居民人均可支配收入 城乡居民收入比 三次产业结构 森林覆盖率 "
    "PM2.5平均浓度 5G基站 粮食产量 进出口总额 产业集群 高新技术企业 第三产业 城镇、农村"
)
VERBS = words(
    "达到 突破 增长 下降 增长到 占 拉动 分别为 各 由 提高到 新增 位居 蝉联 力争 预计 高于全省 其中 同比 翻一番 "
    "贡献率 收窄 比上年 每 连续 排名第 入围前"
)
BOUNDS = words("超 近 约 不低于 不足 以上 左右 以内 余 多 逾 几 数 半数 级 强")
PERIODS = words(
    "2023年 去年 今年上半年 1-7月 前三季度 “十四五”期间 到2025年 年末 近三年 20年来 同期 2018—2022年 3月 "
    "二〇二一年 截至6月底 2022~2025年"
)
NUMBERS = words(
    "0 7 12.5 1,234 1,23 3500 0.35 １２．５ 5.2 100 2025 13905712345 -4.2 三十 一千二百 两 十几 数千 七成五 "
    "三分之一 百分之七点五 千亿 二〇 零 半 廿 8:41:51 1.75:1 6~8 10亿—20亿 七千到九千 1.751 1+1>2 2+6+X "
    "123456789012345678901234"
)
UNITS = words(
    "亿元 万亿元 万人 家 个 % ％ ‰ 个百分点 倍 平方公里 亩 万吨 元/平方米 亿美元 名 位 年 万 亿 公里 "
    "微克/立方米 级 岁 天 港元"
)
MARKS = (*'，,。；;：:、（）()“”"~—-.·！？%/+ \t', "\n", "\u3000", "\r\n", "\ufeff", "和", "与", "的", "至", "到")

PHRASE = st.sampled_from((*PLACES, *NOUNS, *VERBS, *BOUNDS, *PERIODS, *NUMBERS, *UNITS, *MARKS))
AMOUNT = st.builds(
    "".join,
    st.tuples(
        *(st.sampled_from(kind) for kind in (NOUNS, VERBS, BOUNDS, NUMBERS, UNITS)), st.sampled_from(("，", "、", "。"))
    ),
)
RAW = st.text("0123456789０一二三十百千万亿零〇两几.,，%℃年月日第个家¥①Ⅳ\U00020000é", max_size=12)
TEXT = st.lists(st.one_of(PHRASE, PHRASE, AMOUNT, RAW), min_size=1, max_size=24).map("".join)
PUBLISHED = st.sampled_from((None, date(2024, 3, 1), date(2009, 12, 31)))
AREA = st.sampled_from((None, "320583", "640000", "330100"))

# derandomised: a failure in CI is the same failure at home; the examples below are the ones that once broke something
QUICK = settings(
    max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None
)

ARABIC = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
COUNTED = re.compile(r"[一二三四五六七八九十百千万亿两]{1,6}(?=[个家项亿万%]|年|位|名|座|倍|成)")
NUMERALS = re.compile(r"[0-9０-９几数零〇○一二三四五六七八九十百千万亿两廿半壹贰叁肆伍陆柒捌玖拾佰仟萬億兩]")


def whole(facts: Facts) -> tuple[object, ...]:
    """Everything that was read, for comparison."""
    return facts.observations, facts.rankings, facts.number_ledger, facts.profile


def folded(text: str) -> str:
    """Half-width and without spaces: what cleaning changes in these texts."""
    return re.sub(r"[\s\ufeff]", "", unicodedata.normalize("NFKC", text))


@QUICK
@given(TEXT, PUBLISHED, AREA)
@example("全区实现地区生产总值８６７．５亿元，增长６．３％。", None, "370214")
@example("GDP超5000亿元,增长5.2%\r\n\ufeff其中,第三产业占百分之五十", date(2024, 3, 1), "320583")
def test_offsets_map_back(text: str, published: date | None, ref_area: str | None) -> None:
    facts = read_facts(text, published, ref_area)
    for row in [*facts.observations, *facts.rankings]:
        assert text[row["raw_start"] : row["raw_end"]] == row["quote"]
        # a quote that has slipped is not of its sentence, or has lost its number
        assert folded(row["quote"]) in folded(row["sentence"])
        assert NUMERALS.search(row["quote"]) or "番" in row["quote"] or row in facts.rankings
    for row in facts.number_ledger:
        assert text[row["raw_start"] : row["raw_end"]] == row["text"]


@QUICK
@given(TEXT, PUBLISHED, AREA)
def test_reading_is_deterministic(text: str, published: date | None, ref_area: str | None) -> None:
    assert whole(read_facts(text, published, ref_area)) == whole(read_facts(text, published, ref_area))


@QUICK
@given(TEXT, PUBLISHED, AREA)
@example("电话13905712345，2022~2025年，1,23,456家", None, None)
@example("三十几个、一千二百多家，两三千元", None, None)
def test_every_number_is_in_the_ledger(text: str, published: date | None, ref_area: str | None) -> None:
    ledger = read_facts(text, published, ref_area).number_ledger
    spans = [(row["raw_start"], row["raw_end"]) for row in ledger]
    for pattern in (ARABIC, COUNTED):
        for number in pattern.finditer(text):
            held = [span for span in spans if span[0] < number.end() and number.start() < span[1]]
            assert held, f"{number.group()!r} at {number.start()} is lost"
    for start, end in spans:
        assert NUMERALS.search(text[start:end]), f"{text[start:end]!r} is no number"


@QUICK
@given(TEXT, PUBLISHED, AREA)
@example("8:41:51，1.75:1，10亿—20亿元，6~8万元", None, None)
def test_ledger_rows_do_not_overlap(text: str, published: date | None, ref_area: str | None) -> None:
    spans = [(row["raw_start"], row["raw_end"]) for row in read_facts(text, published, ref_area).number_ledger]
    assert all(start < end for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@QUICK
@given(TEXT, PUBLISHED, AREA)
@example("2023年，昆山市实现地区生产总值5140亿元，增长5.2%，位居全国百强县第一。", None, None)
def test_ledger_and_facts_know_each_other(text: str, published: date | None, ref_area: str | None) -> None:
    facts = read_facts(text, published, ref_area)
    observations = {row["observation_id"] for row in facts.observations}
    rankings = {row["ranking_id"] for row in facts.rankings}
    assert len(observations) == len(facts.observations)
    assert len(rankings) == len(facts.rankings)
    for row in facts.number_ledger:
        if row["disposition"] == "observation":
            assert row["fact_id"] in observations
        elif row["disposition"] == "ranking":
            assert row["fact_id"] in rankings
        else:
            assert row["fact_id"] is None
    for row in facts.observations:
        held = [
            number["disposition"]
            for number in facts.number_ledger
            if row["raw_start"] < number["raw_end"] and number["raw_start"] < row["raw_end"]
        ]
        assert "observation" in held, f"no number of {row['quote']!r} is said to be an observation"


@QUICK
@given(TEXT)
def test_quantities_and_periods_stand_where_they_say(text: str) -> None:
    for quantity in read_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.start <= quantity.number_start < quantity.number_end <= quantity.end
        assert quantity.value_high is None or quantity.value_high > quantity.value
    for period in read_periods(text, date(2024, 3, 1)):
        assert text[period.start : period.end] == period.text
        assert period.start_date is None or period.end_date is None or period.start_date <= period.end_date


def frame(texts: list[str]) -> pl.DataFrame:
    """Texts as rows of `raw_documents`."""
    rows = [
        {
            "doc_id": hashlib.sha256(f"{index}\x1f{text}".encode()).hexdigest(),
            "file_name": f"{index}.txt",
            "source_path": f"{index}.txt",
            "media_type": "text/plain",
            "raw_text": text,
        }
        for index, text in enumerate(texts)
    ]
    return pl.DataFrame(rows)


PAGE = "昆山市2023年经济运行情况\n发布时间：2024-02-18 来源：昆山市统计局\n全市实现地区生产总值5140.6亿元，增长5.2%。\n"


@settings(QUICK, max_examples=60)
@given(TEXT, TEXT)
@example(PAGE, "全县粮食产量26万吨，居全省第一，去年下降3.2%。")
@example("2019年，平江县常住人口95.6万人。", "全市常住人口212万人，其中城镇人口占六成。")
def test_a_document_does_not_depend_on_its_neighbours(one: str, other: str) -> None:
    raw = frame([one, other])
    cleaned = clean(raw)["clean_documents"]
    together = extract(cleaned)
    reverse = extract(cleaned.reverse())
    for doc_id in cleaned["doc_id"]:
        alone = extract(clean(raw.filter(pl.col("doc_id") == doc_id))["clean_documents"])
        for table, found in alone.items():
            expected = found.rows()
            assert together[table].filter(pl.col("doc_id") == doc_id).rows() == expected
            assert reverse[table].filter(pl.col("doc_id") == doc_id).rows() == expected


def test_facts_of_two_documents_are_there_to_compare() -> None:
    """The property above would hold for a reader that reads nothing."""
    found = extract(clean(frame([PAGE, PAGE.replace("昆山", "太仓")]))["clean_documents"])
    assert found["observations"].group_by("doc_id").len()["len"].to_list() == [2, 2]
