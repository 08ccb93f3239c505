import pytest

from pipelines.cleaning import clean_document
from pipelines.cleaning.documents import parse
from pipelines.cleaning.seams import close_seams
from schemas.documents import CleanDocument
from tests.cleaning.test_markup import blocks


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("甲\n\n  乙  \r\n丙\r丁\u2028戊", ["甲", "乙", "丙", "丁", "戊"]),
        ("\u3000\u3000全县  GDP\u00a0\u00a05000 亿元 ", ["全县 GDP 5000 亿元"]),
        ("\ufeff昆\u200b山\u00ad市", ["昆山市"]),
        # Colours and a window's title, saved from a terminal: 31m is no length.
        ("\x1b[1;31m全县\x1b[0mGDP\x1b[32m500\x1b[m亿元\x1b]0;log 12\x07", ["全县GDP500亿元"]),
        ("[31m] 5米", ["[31m] 5米"]),
        # A title that is set wide.
        ("   岚 县 2 0 1 8 年 统 计 公 报", ["岚县2018年统计公报"]),
        ("张 三 李 四", ["张 三 李 四"]),
        ("指标\t单位\t\t增速", ["指标\t单位\t增速"]),
        ("\u200b\n\u3000\n甲", ["甲"]),
    ],
)
def test_one_line_is_one_block(raw: str, shown: list[str]) -> None:
    assert [text for _, text in blocks(raw, "text/plain")] == shown


def test_a_line_with_tabs_is_a_table_row() -> None:
    assert blocks("甲\t5\n乙 5", "text/plain") == [("table_row", "甲\t5"), ("paragraph", "乙 5")]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        # A subscript that the page's converter put in a line of its own.
        ("细颗粒物PM\n2.5\n浓度为28微克。", "细颗粒物PM2.5浓度为28微克。"),
        ("二氧化碳CO\n2\n排放下降3%。", "二氧化碳CO2排放下降3%。"),
        # A bracket in an element of its own.
        ("开头。\n（\n三）改革深入。", "开头。\n（三）改革深入。"),
        # A table of one cell a line, and buttons: nothing to join.
        ("单位\n亿元\n2.5\n增速", "单位\n亿元\n2.5\n增速"),
        ("GDP\n2.5\n9.2", "GDP\n2.5\n9.2"),
        ("【\n打印本页\n】", "【\n打印本页\n】"),
    ],
)
def test_torn_lines_are_put_together(raw: str, shown: str) -> None:
    assert parse(raw, "text/plain").builder.finish() == shown


PARAGRAPHS = (
    "一、综合",
    "初步核算，全年全县地区生产总值达到512.6亿元，按不变价格计算比上年增长6.1%，其中第一产业增加值48.2亿元，增长3.9%，对经济增长的贡献率为5.8%。",
    "全年城镇居民人均可支配收入46120元，比上年增长4.7%；农村居民人均可支配收入25310元，增长6.6%，城乡居民收入比由上年的1.86缩小到1.82。",
    "二、农业",
    "粮食种植面积32.5万亩，比上年增加0.4万亩；粮食总产量14.2万吨，增长1.3%，单产水平连续五年提高，建成高标准农田18万亩，占耕地面积的六成以上。",
    "全县规模以上工业企业达到126家，全年新增15家，规上工业增加值增长7.9%，其中装备制造业增长11.2%，高技术制造业增长13.5%，工业投资增长9.6%。",
)


def wrapped(width: int) -> str:
    """The paragraphs at a fixed width, where two ASCII characters are as wide as a Chinese one."""
    lines = []
    for paragraph in PARAGRAPHS:
        line, used = "", 0.0
        for character in paragraph:
            wide = 1.0 if ord(character) > 0x2E80 else 0.5
            if used + wide > width:
                lines.append(line)
                line, used = "", 0.0
            line, used = line + character, used + wide
        lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize("width", [18, 20, 28, 35])
def test_text_of_fixed_width_becomes_its_paragraphs_again(width: int) -> None:
    raw = wrapped(width)
    assert raw.count("\n") >= len(PARAGRAPHS) + 3
    document = clean_document(raw)
    assert isinstance(document, CleanDocument)
    assert document.clean_text == "\n".join(PARAGRAPHS)
    assert document.repairs["close_seams"] == raw.count("\n") - len(PARAGRAPHS) + 1


# Every second one is as wide as all full lines of fixed width would be.
HEADLINES = "\n".join(["某县高新区召开重点项目建设推进会议部署下一阶段任务", "某县城关镇传来捷报"] * 6)


def test_paragraphs_and_lists_are_not_taken_for_fixed_width() -> None:
    for raw in (
        "\n".join(PARAGRAPHS * 3),
        "\n".join(["昆山市第一", "张家港市第三", "常熟市"] * 9),
        "\n" * 50,
        HEADLINES,
    ):
        assert close_seams(raw) == (raw, 0)
