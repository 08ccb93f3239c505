import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.cleaning import OffsetMap, clean_document
from pipelines.cleaning.characters import INVISIBLE, LINE_ENDS, SPACES
from pipelines.cleaning.documents import parse
from pipelines.cleaning.offsets import TextBuilder
from schemas.documents import CleanDocument
from tests.cleaning.offsets import assert_every_character_leads_back, quote_of

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200)
# Mostly what the parsers act on, so that they are made to act.
PIECES = st.sampled_from(
    [
        *("昆山", "GDP", "5000", "亿元", "，", "。", "“", "％", "５", "蕞", "⼯", "A", "1."),
        *(" ", "  ", "\t", "\n", "\n\n", "\r\n", "\u3000", "\u00a0", "\u200b", "\ufeff", "\x00"),
        *(
            "<p>",
            "</p>",
            "<br>",
            "<br/>",
            "<div class='nav'>",
            "</div>",
            "<b>",
            "</b>",
            "<li>",
            "<h1>",
            "</h1>",
            "<nav>",
        ),
        *(
            "<table>",
            "<tr>",
            "<td>",
            "<td colspan=2>",
            "<td rowspan='3'>",
            "<th>",
            "</td>",
            "</tr>",
            "</table>",
            "<caption>",
        ),
        *(
            "<script>",
            "</script>",
            "<style>",
            "<title>",
            "</title>",
            "<!--",
            "-->",
            "<!DOCTYPE html>",
            "<meta name=author content=x>",
        ),
        *(
            "&amp;",
            "&nbsp;",
            "&#53;",
            "&#x4E00;",
            "&copy2024",
            "&",
            "&xyz;",
            "&#0;",
            "&lt",
            "<",
            ">",
            "<a href='",
            '"',
            "'",
        ),
        *("# ", "- ", "> ", "**", "*", "_", "`", "|", "---", "[", "](u)", "![", "\\", "```", "| a | b |", "|-|-|"),
        *(
            "PM\n2.5\n浓度",
            "\n（\n一",
            "---\ntitle: 昆山\n---\n",
            "首页\n>\n要闻\n",
            "来源：",
            "相关阅读：",
            "2024-01-02",
        ),
    ]
)
ANY_PAGE = st.lists(PIECES, max_size=60).map("".join)
MEDIA_TYPES = st.sampled_from(["text/plain", "text/markdown", "text/html", "text/csv", "application/pdf"])


@settings(max_examples=400, deadline=None)
@given(ANY_TEXT | ANY_PAGE, MEDIA_TYPES)
# A reference of one character in a loose line of Markdown; text in a row before its first cell; a row that begins
# empty.
@example("<P/></H1> &#0<P>", "text/markdown")
@example("<TABLE><TD>0<TR>0", "text/html")
@example("|||0", "text/markdown")
def test_every_clean_character_leads_back_to_its_raw_one(raw: str, media_type: str) -> None:
    assert_every_character_leads_back(raw, media_type)


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT | ANY_PAGE, MEDIA_TYPES)
def test_any_text_becomes_a_sound_document_or_a_refusal_and_always_the_same(raw: str, media_type: str) -> None:
    document = clean_document(raw, media_type=media_type)
    if isinstance(document, CleanDocument):
        # The model itself proves that the blocks cover the text and that the map is in order.
        assert document.clean_text.count("\n") == len(document.blocks) - 1
        assert document.raw_text == raw
    else:
        assert document.rule == "no_text"
    assert clean_document(raw, media_type=media_type) == document


NOTHING = set(SPACES + LINE_ENDS + INVISIBLE + " \t\n")


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="<"), max_size=300))
def test_plain_text_loses_nothing_that_can_be_seen(raw: str) -> None:
    builder = parse(f"正文{raw}", "text/plain").builder
    shown = builder.finish()
    assert [c for c in shown if c not in NOTHING] == [c for c in f"正文{raw}" if c not in NOTHING]


@given(st.lists(st.text("昆山太仓GDP5.1%，。", min_size=1, max_size=12), min_size=1, max_size=8))
def test_plain_paragraphs_of_html_come_out_word_for_word(paragraphs: list[str]) -> None:
    raw = "".join(f"<p class='x'>\n  {text}&nbsp;</p>" for text in paragraphs)
    builder = parse(raw, "text/html").builder
    assert builder.finish().split("\n") == paragraphs


def test_plain_lines_need_one_segment_only() -> None:
    builder = parse("第一行\n第二行\n第三行", "text/plain").builder
    assert builder.finish() == "第一行\n第二行\n第三行"
    assert builder.map_clean == [0, 11]


@pytest.mark.parametrize(
    ("raw", "media_type", "words", "quote"),
    [
        ("\ufeff全县  ＧＤＰ５０００亿元。", "text/plain", "GDP5000亿元", "ＧＤＰ５０００亿元"),
        ("全县 5\u200b000 亿元。", "text/plain", "5000 亿元", "5\u200b000 亿元"),
        ("<p>增长&nbsp;5<b>.2</b>&#37;。</p>", "text/html", "5.2%", "5<b>.2</b>&#37;"),
        ("全县**5000亿元**，增长`5%`", "text/markdown", "5000亿元，增长5%", "5000亿元**，增长`5%"),
        ("<table><tr><td>总值</td><td>512.6</td></tr></table>", "text/html", "总值\t512.6", "总值</td><td>512.6"),
        ("细颗粒物PM\n2.5\n浓度下降3%左右", "text/plain", "PM2.5浓度下降3%", "PM\n2.5\n浓度下降3%"),
    ],
)
def test_a_quote_holds_what_the_raw_text_has_between_its_ends(
    raw: str, media_type: str, words: str, quote: str
) -> None:
    document = clean_document(raw, media_type=media_type)
    assert isinstance(document, CleanDocument)
    assert quote_of(document, words) == quote


def test_an_empty_span_is_an_error() -> None:
    offsets = OffsetMap([0, 3], [0, 3], [3, 3])
    for start, end in ((2, 2), (2, 1), (-1, 2)):
        with pytest.raises(ValueError, match="no place in the raw text"):
            offsets.span(start, end)


def test_the_builder_joins_blocks_by_what_stands_between_them() -> None:
    builder = TextBuilder()
    builder.add_block([("甲", 2, 3), ("&", 3, 8)])
    builder.add_block([("", 9, 9)])
    builder.add_line("乙", 20)
    assert builder.finish() == "甲&\n乙"
    offsets = OffsetMap(builder.map_clean, builder.map_raw, builder.map_raw_end)
    assert [offsets.span(n, n + 1) for n in range(4)] == [(2, 3), (3, 8), (8, 20), (20, 21)]
    assert [(block.start, block.end) for block in builder.blocks] == [(0, 2), (3, 4)]
