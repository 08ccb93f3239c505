import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading.encodings import BYTE_ORDER_MARKS, Decoded, Fault, decode
from pipelines.reading.han import EVERYDAY
from tests.reading.texts import SHORT_SIMPLIFIED, SHORT_TRADITIONAL, SIMPLIFIED, TRADITIONAL


def fault(data: bytes) -> Fault:
    found = decode(data)
    assert isinstance(found, Fault), found
    return found


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (text, encoding)
        for text, encodings in (
            (SIMPLIFIED, ("utf-8", "gb18030", "gbk", "gb2312")),
            (TRADITIONAL, ("utf-8", "gb18030", "big5", "big5hkscs", "cp950")),
        )
        for encoding in encodings
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_reads_every_encoding_without_a_mark(text: str, encoding: str, line_end: str) -> None:
    text = text.replace("\n", line_end)
    data = text.encode(encoding)
    found = decode(data)
    assert isinstance(found, Decoded)
    assert found.text == text
    assert data.decode(found.encoding) == text


@pytest.mark.parametrize(("mark", "encoding"), BYTE_ORDER_MARKS)
@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL])
def test_a_byte_order_mark_decides_and_stays_in_the_text(mark: bytes, encoding: str, text: str) -> None:
    data = mark + text.encode(encoding)
    assert decode(data) == Decoded("\ufeff" + text, encoding)
    assert data.decode(encoding) == "\ufeff" + text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_known_by_its_digits(encoding: str) -> None:
    assert decode(SIMPLIFIED.encode(encoding)) == Decoded(SIMPLIFIED, encoding)


@pytest.mark.parametrize("text", SHORT_SIMPLIFIED)
def test_short_simplified_text_is_gb18030(text: str) -> None:
    assert decode(text.encode("gb18030")) == Decoded(text, "gb18030")


@pytest.mark.parametrize("text", SHORT_TRADITIONAL)
def test_short_traditional_text_is_big5(text: str) -> None:
    assert decode(text.encode("big5")) == Decoded(text, "big5")


_GB2312 = "".join(sorted(c for c in EVERYDAY if c.encode("gb2312", "ignore")))
_BIG5 = "".join(sorted(c for c in EVERYDAY if c.encode("big5", "ignore")))


@settings(max_examples=300)
@given(st.text(alphabet=_GB2312, min_size=12, max_size=200))
def test_everyday_text_in_gb18030_is_never_taken_for_big5(text: str) -> None:
    assert decode(text.encode("gb18030")) == Decoded(text, "gb18030")


@settings(max_examples=300)
@given(st.text(alphabet=_BIG5, min_size=12, max_size=200))
def test_everyday_text_in_big5_is_never_taken_for_gb18030(text: str) -> None:
    assert decode(text.encode("big5")) == Decoded(text, "big5")


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "utf-8", "big5"])
def test_a_wrong_declaration_does_not_overrule_what_reads_like_chinese(declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body>{SIMPLIFIED}</body></html>'
    assert decode(page.encode("gb18030")) == Decoded(page, "gb18030")


@pytest.mark.parametrize(
    "data",
    [
        SIMPLIFIED.encode("utf-8")[:-2] + b"\xff\xfe\xff",
        b"\xef\xbb\xbf" + SIMPLIFIED.encode("gb18030"),
        b"\xff\xfe" + SIMPLIFIED.encode("utf-16-le") + b"\x00",
        SIMPLIFIED.encode("gb18030") + b"\xff\xff",
    ],
    ids=["damaged UTF-8", "UTF-8 mark before GB18030", "half a character", "damaged GB18030"],
)
def test_bytes_that_no_encoding_accepts_are_undecodable_and_nothing_is_replaced(data: bytes) -> None:
    found = fault(data)
    assert found.rule in ("undecodable", "implausible_text")
    assert "UTF-8" in found.reason


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("The county's gross product grew by 5.2 percent in 2023.", "no Chinese character"),
        (SIMPLIFIED.encode("utf-8").decode("gb18030", "replace"), "lost or replaced"),
        (SIMPLIFIED.encode("utf-8").decode("latin-1"), "no Chinese character"),
        (SIMPLIFIED.encode("gb18030").decode("big5", "ignore"), "rare ones"),
        ("锟斤拷" * 9 + SIMPLIFIED, "lost or replaced"),
        ("\ue000\ue001" * 9 + SIMPLIFIED, "lost or replaced"),
        ("Республика Татарстан " * 40 + SIMPLIFIED, "other scripts"),
        ("魑魅魍魉饕餮龘靐齉" * 9, "rare ones"),
        ("龘靐齉爩" * 90 + SIMPLIFIED, "rare ones"),
        ("鸡鸭鹅猪羊狗猫兔虎豹狼熊鹿猴" * 9, "everyday ones"),
    ],
)
def test_text_that_does_not_read_like_chinese_is_implausible(text: str, says: str) -> None:
    found = fault(text.encode("utf-8"))
    assert found.rule == "implausible_text"
    assert says in found.reason


@pytest.mark.parametrize(
    "text",
    [
        SIMPLIFIED + "\ufffd",
        "昆山市",
        "<html><body>" + "<div class='a'></div>" * 900 + SIMPLIFIED,
        "赵婳、钱翀、孙赟、李翯、周昳、吴琎、郑祎、王翾、冯璟、陈珺、褚燚、卫旻。与会代表合影",
        "GDP 5126亿元 CPI 2.1% PPI -0.3% R&D 3.2%",
    ],
    ids=["one lost character", "a word", "a page of markup", "personal names", "figures"],
)
def test_unusual_but_genuine_text_is_read(text: str) -> None:
    assert decode(text.encode("utf-8")) == Decoded(text, "utf-8")


@given(st.binary(max_size=400))
def test_any_bytes_are_text_in_their_encoding_or_a_fault_with_a_reason(data: bytes) -> None:
    found = decode(data)
    if isinstance(found, Decoded):
        assert data.decode(found.encoding) == found.text
        assert codecs.lookup(found.encoding)
    else:
        assert found.rule in ("undecodable", "implausible_text", "binary_content")
        assert found.reason.endswith(".")
