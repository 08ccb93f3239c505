"""Input that makes careless patterns slow: each of these takes minutes to hours where one of them is."""

import time

import pytest

from pipelines.cleaning import clean_document
from pipelines.cleaning.tokens import tokens

# Each takes well under two seconds here; with a quadratic parser, `<a ` took 40 seconds for half of the size.
SIZE, SECONDS = 100_000, 20.0
PROSE = "某县概况\n全县上下攻坚克难，地区生产总值完成512.6亿元，同比增长6.1%，主要指标好于预期。\n"
UNITS = [
    *("<!--", "<a ", '<a b="', "<a b='", "<script>", "<select>", "</", "<![CDATA[", "&a", "&#", "<div class='", "<b>"),
    *("<table><tr><td>", "[", "![](", "**", "*a", "_a ", "|", "`", "\\", "---\na: b\n", "> "),
    *(
        " ",
        "\t",
        "\u200b",
        "中  ",
        "PM\n2.5\n",
        "\n（\n中",
        "首页\n>\n",
        "...中中中中中中中中中中中中中中中中中中中中\n",
        "相关阅读：\n",
    ),
    *(
        "来源： ",
        "发布时间：",
        "（来源：",
        "下载 ",
        "丨 ",
        "》",
        "“",
        "蕞",
        "2O",
        "○",
        "400-",
        "2024-",
        "记者王",
        "电话",
        ".",
    ),
]


def assert_quick(raw: str, media_type: str) -> None:
    started = time.process_time()
    clean_document(raw, media_type=media_type)
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown", "text/html"])
def test_a_page_of_everything_that_could_be_slow_is_not(media_type: str) -> None:
    assert_quick(PROSE + "".join(unit * 500 for unit in UNITS) + "终", media_type)


@pytest.mark.parametrize("unit", ["<!--", "<select>", "<script/>", "<a "])
def test_what_is_looked_for_in_vain_is_looked_for_once(unit: str) -> None:
    started = time.process_time()
    assert sum(1 for _ in tokens(unit * (1_500_000 // len(unit)))) >= 0
    assert time.process_time() - started < SECONDS


@pytest.mark.slow
@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown", "text/html"])
@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_time_grows_with_the_size_only(unit: str, media_type: str) -> None:
    assert_quick(PROSE + unit * (SIZE // len(unit)) + "终", media_type)
