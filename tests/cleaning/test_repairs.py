import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.cleaning import clean_document
from pipelines.cleaning.repairs import REPAIRS, repair
from schemas.documents import CleanDocument

ODD = st.text(alphabet="昆山ＧＤＰ５．％（）：，蕞尔大头部家全国O0○二三年∶12⼯⾦金“”\n\ue000", max_size=80)


@given(ODD | st.text(max_size=80))
def test_no_repair_changes_the_length_of_a_text_or_a_line(text: str) -> None:
    mended, counts = repair(text)
    assert [len(line) for line in mended.split("\n")] == [len(line) for line in text.split("\n")]
    assert all(count > 0 for count in counts.values())
    changed = sum(1 for before, after in zip(text, mended, strict=True) if before != after)
    assert bool(changed) == any(name in counts for name, _ in REPAIRS)


@given(ODD)
def test_repairing_twice_changes_nothing_more(text: str) -> None:
    mended, _ = repair(text)
    assert repair(mended)[0] == mended


@pytest.mark.parametrize(
    ("text", "mended", "counts"),
    [
        ("增长５．２％，（ＧＤＰ）：", "增长5.2%，（GDP）：", {"fold_full_width": 7}),
        ("２０２２～２０２５年", "2022~2025年", {"fold_full_width": 9}),
        ("⼯业总产值⾦额", "工业总产值金额", {"restore_radicals": 2}),
        ("蕞大机遇和蕞尔小国", "最大机遇和蕞尔小国", {"restore_look_alikes": 1}),
        ("2O23年投资1OO亿元，CO2和O2O", "2023年投资100亿元，CO2和O2O", {"restore_look_alikes": 2}),
        ("三次产业比为8.3∶41.4∶50.3", "三次产业比为8.3：41.4：50.3", {"restore_look_alikes": 2}),
        ("增强四个意识”“坚定自信", "增强四个意识”“坚定自信", {"note_lost_quotes": 1}),
        ("“五个第一”，全国前100", "“五个第一”，全国前100", {}),
    ],
)
def test_repairs_are_counted_by_name(text: str, mended: str, counts: dict[str, int]) -> None:
    document = clean_document(text)
    assert isinstance(document, CleanDocument)
    assert document.clean_text == mended
    assert document.repairs == counts
    assert document.raw_text == text
