import pytest

from pipelines.cleaning.documents import parse
from tests.cleaning.test_markup import blocks, texts


@pytest.mark.parametrize(
    ("line", "kind", "shown"),
    [
        ("# 一、综合 #", "heading", "一、综合"),
        ("### 增长", "heading", "增长"),
        ("#标签", "paragraph", "#标签"),
        ("- 项", "list_item", "项"),
        ("* [x] 项", "list_item", "项"),
        ("3. 任务三", "list_item", "3. 任务三"),
        ("> 引文", "paragraph", "引文"),
        ("增长**5.2%**，*快*于~~全省~~`0.3`个百分点", "paragraph", "增长5.2%，快于全省0.3个百分点"),
        ("见[公报](http://x.cn/1 \"题\")和![图](a.png)", "paragraph", "见公报和"),
        ("file_name_x 和 3*4*5", "paragraph", "file_name_x 和 345"),
        (r"\*不是强调\*，\# 也不是", "paragraph", "*不是强调*，# 也不是"),
        ("-5.2%", "paragraph", "-5.2%"),
        ("2024年增长", "paragraph", "2024年增长"),
    ],
)  # fmt: skip
def test_signs_leave_the_text_and_give_the_kind(line: str, kind: str, shown: str) -> None:
    assert blocks(line, "text/markdown") == [(kind, shown)]


def test_pipe_tables_are_rows() -> None:
    raw = "| 指标 | 单位 |\n|:---|---:|\n| **总值** |  | 5 |\n|   | 甲 \\| 乙 |\n"
    assert blocks(raw, "text/markdown") == [
        ("table_row", "指标\t单位"),
        ("table_row", "总值\t\t5"),
        ("table_row", "\t甲 | 乙"),
    ]


def test_rules_and_fences_are_dropped_and_what_they_enclose_stays() -> None:
    assert texts("甲\n===\n***\n```text\n乙\n```\n- - -\n[1]: http://x.cn\n丙", "text/markdown") == ["甲", "乙", "丙"]


def test_html_inside_of_markdown_is_read_as_html() -> None:
    raw = "# 题\n<div>甲</div>\n<table><tr><td>乙<td>5</table>\n- 项"
    assert texts(raw, "text/markdown") == ["题", "甲", "乙\t5", "项"]


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown", "text/html"])
def test_front_matter_states_what_the_page_is(media_type: str) -> None:
    raw = (
        "\n---\ntitle: '昆山: 概况'\ntags:\n - 甲\nauthor: 王小明\n"
        "date: Mon, 04 Apr 2022 02:15:24 GMT\ncomments: false\n---\n正文"
    )
    page = parse(raw, media_type)
    assert page.builder.finish().split("\n") == [
        "昆山: 概况", "author: 王小明", "date: Mon, 04 Apr 2022 02:15:24 GMT", "正文",
    ]  # fmt: skip
    assert page.builder.blocks[0].kind == "title"
    assert page.stated["published"].startswith("Mon, 04 Apr")
    assert page.regions == {1: "boilerplate", 2: "boilerplate"}


@pytest.mark.parametrize("raw", ["---\n正文\n---\n", "---\nkey: value\n没有结束", "正文\n---\ntitle: 甲\n---\n"])
def test_what_only_looks_like_front_matter_is_text(raw: str) -> None:
    page = parse(raw, "text/plain")
    assert not page.stated
    assert page.builder.finish() == raw.strip("\n")
