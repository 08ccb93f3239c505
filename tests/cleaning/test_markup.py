import pytest

from pipelines.cleaning.documents import parse
from pipelines.cleaning.markup import holds_markup
from pipelines.cleaning.tokens import Tag, Text, tokens


def blocks(raw: str, media_type: str = "text/html") -> list[tuple[str, str]]:
    """Kind and text of each block."""
    builder = parse(raw, media_type).builder
    text = builder.finish() if builder.blocks else ""
    return [(block.kind, text[block.start : block.end]) for block in builder.blocks]


def texts(raw: str, media_type: str = "text/html") -> list[str]:
    return [text for _, text in blocks(raw, media_type)]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("<p>甲</p><p>乙</p>", ["甲", "乙"]),
        ("<p>甲<p>乙<div>丙</div>丁", ["甲", "乙", "丙", "丁"]),
        ("<div>全县<b>生产</b>总值<br>增长</div>", ["全县生产总值", "增长"]),
        ("<p>全县生产\n   总值 GDP\n growth</p>", ["全县生产总值 GDP growth"]),
        ("<p>生产总值<sup>2</sup>286.3亿元</p>", ["生产总值²286.3亿元"]),
        ("<p>面积38km<sup>2</sup>，人口<sup>[1]</sup>9万</p>", ["面积38km²，人口[1]9万"]),
        ("甲<br>乙\n丙", ["甲", "乙", "丙"]),
        ("<!-- 甲 --><script>乙 = '<p>'</script><style>p{}</style><p>丙</p>", ["丙"]),
        ("<p>甲</p><script>从此再没有结束", ["甲"]),
        ("<p>甲</p><!-- 从此再没有结束 <p>乙</p>", ["甲", "从此再没有结束", "乙"]),
        ("<select><option>2023年<option>2024年</select><button>搜索</button><p>甲</p>", ["甲"]),
        ("<p>GDP<5000亿元，R&D投入占2%，A&amp;B &lt;昆山&gt;</p>", ["GDP<5000亿元，R&D投入占2%，A&B <昆山>"]),
        (
            "<p>&copy2024 &nbsp;&ensp;昆山&#8203;市 &#x4e00;&#53; &nosuch; &#0;</p>",
            ["©2024 昆山市 一5 &nosuch; \ufffd"],
        ),
        ("<p title='a>b' class=\"x>y\">甲</p>", ["甲"]),
        ('<p title="没有结束>甲</p><p class="x">乙</p>', ["甲", "乙"]),
        ("<P>甲</P ><BR/>乙", ["甲", "乙"]),
        ("<ruby>昆<rt>kūn</rt></ruby>山", ["昆kūn山"]),
    ],
)
def test_elements_become_blocks(raw: str, shown: list[str]) -> None:
    assert texts(raw) == shown


def test_elements_give_blocks_their_kind() -> None:
    raw = "<h1>题</h1><p>段</p><ul><li>项<li><p>项二</p></ul><table><tr><th>甲<th>乙</table>"
    assert blocks(raw) == [
        ("heading", "题"),
        ("paragraph", "段"),
        ("list_item", "项"),
        ("list_item", "项二"),
        ("table_row", "甲\t乙"),
    ]


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ("<tr><th>指标</th><th>单位</th></tr><tr><td>总值<td>亿元", ["指标\t单位", "总值\t亿元"]),
        ("<tr><th rowspan=2>指标<th colspan=2>2023年<tr><th>总量<th>增速<tr><td>一<td>二<td>三", [
            "指标\t2023年", "\t总量\t增速", "一\t二\t三",
        ]),
        ("<tr><td colspan=2>合计<td>5", ["合计\t\t5"]),
        ("<tr><td>甲<td><td>5<tr><td><td>乙<td>6", ["甲\t\t5", "\t乙\t6"]),
        ("<tr><td rowspan='3'>甲<td>1<tr><td>2<tr><td>3<tr><td>乙<td>4", ["甲\t1", "2", "3", "乙\t4"]),
        ("<tr><td>地区生产<br>总值<td><p>512.6</p><p>亿元</p>", ["地区生产总值\t512.6 亿元"]),
        ("<tr><td colspan=3>表1 主要指标", ["表1 主要指标"]),
        ("<tr><td colspan=99999999>甲<td>乙", ["甲" + "\t" * 100 + "乙"]),
        ("<tr><td colspan=-2>甲<td rowspan=x>乙", ["甲\t乙"]),
        ("<caption>表2</caption><tr><td>甲<td>乙", ["表2", "甲\t乙"]),
    ],
)  # fmt: skip
def test_rows_are_one_block_with_cells_between_tabs(rows: str, shown: list[str]) -> None:
    assert texts(f"<table>{rows}</table>") == shown


def test_a_table_that_only_places_paragraphs_is_no_table() -> None:
    prose = "全县经济平稳运行，城乡居民收入继续增长。" * 10
    raw = f"<table><tr><td><p>导航</p></td><td><p>{prose}</p><table><tr><td>甲<td>5</table><p>尾</p></td></tr></table>"
    assert texts(raw) == ["导航", prose, "甲\t5", "尾"]


def test_a_table_that_is_never_closed_is_kept() -> None:
    assert texts("<p>甲</p><table><tr><td>乙<td>丙") == ["甲", "乙\t丙"]


def test_title_and_meta_elements_are_stated_and_not_shown() -> None:
    page = parse(
        "<html><head><title>甲_某网</title><meta name='PubDate' content='2024-05-06 07:08'>"
        "<meta property='og:url' content='http://x.cn/1'><meta name=author content='王小明'>"
        "<meta name='ContentSource' content='某日报'><meta property='og:site_name' content='某网'>文字</head>"
        "<body><p>乙</p></body></html>",
        "text/html",
    )
    assert page.builder.finish() == "乙"
    stated = {name: page.stated[name] for name in ("title_element", "published", "author", "publisher", "canonical")}
    assert stated == {
        "title_element": "甲_某网",
        "published": "2024-05-06 07:08",
        "author": "王小明",
        "publisher": "某日报",
        "canonical": "http://x.cn/1",
    }


@pytest.mark.parametrize(
    ("element", "region"),
    [
        ("<nav>", "boilerplate"),
        ("<div class='main-nav box'>", "boilerplate"),
        ("<div id=footer>", "boilerplate"),
        ("<div class='related-news'>", "related"),
        ("<div class='article'>", None),
        ("<div class='research'>", None),
    ],
)
def test_elements_say_what_part_of_the_page_they_are(element: str, region: str | None) -> None:
    page = parse(f"<p>甲</p>{element}<ul><li>乙</ul></{element[1:4]}>", "text/html")
    assert page.regions == ({1: region} if region else {})


@pytest.mark.parametrize(
    ("text", "is_markup"),
    [
        ("<div>甲</div><br>", True),
        ("甲<br>乙<BR/>丙<br >丁", True),
        ("GDP<5000 且 >3 <昆山> <b>", False),
        ("<p>", False),
        ("没有标签", False),
    ],
)
def test_a_text_file_with_tags_is_read_as_markup(text: str, is_markup: bool) -> None:
    assert holds_markup(text) is is_markup


def test_lines_outside_of_elements_stay_lines_and_inside_are_joined() -> None:
    assert texts("第一行\n第二行\n<div>第三\n行</div>\n第四行\n<p>甲</p>", "text/plain") == [
        "第一行", "第二行", "第三行", "第四行", "甲",
    ]  # fmt: skip


def test_tokens_know_where_they_stand() -> None:
    raw = "甲<a href='x'>乙&amp;<!-- > --></A>"
    found = [(raw[token.start : token.end], type(token)) for token in tokens(raw)]
    assert found == [("甲", Text), ("<a href='x'>", Tag), ("乙", Text), ("&amp;", Text), ("</A>", Tag)]
    tag = next(token for token in tokens(raw) if isinstance(token, Tag))
    assert tag.attributes() == {"href": "x"}
