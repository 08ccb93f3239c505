"""Texts are cut where spans begin and end, and stay the same text."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines.highlight import Span, markup_of, runs


def spans(limit: int) -> st.SearchStrategy[list[Span]]:
    edges = st.tuples(st.integers(0, limit), st.integers(0, limit)).map(sorted)
    return st.lists(edges, max_size=12).map(
        lambda found: [Span(start, end, str(number)) for number, (start, end) in enumerate(found) if start < end]
    )


@given(st.text(min_size=1, max_size=60), st.data())
def test_runs_are_the_text_and_every_character_belongs_to_its_facts(text: str, data: st.DataObject) -> None:
    facts = data.draw(spans(len(text)))
    position = 0
    for run in runs(text, facts):
        for place in range(position, position + len(run.text)):
            assert set(run.facts) == {fact.name for fact in facts if fact.start <= place < fact.end}
        position += len(run.text)
    assert "".join(run.text for run in runs(text, facts)) == text


def test_facts_inside_of_others_come_first() -> None:
    found = runs("甲乙丙丁戊", [Span(0, 5, "item"), Span(1, 3, "one"), Span(2, 4, "other")])
    assert [(run.text, run.facts, run.first) for run in found] == [
        ("甲", ("item",), ("item",)),
        ("乙", ("one", "item"), ("one",)),
        ("丙", ("one", "other", "item"), ("other",)),
        ("丁", ("other", "item"), ()),
        ("戊", ("item",), ()),
    ]


def test_a_number_that_a_fact_cuts_keeps_one_anchor() -> None:
    found = runs("12345", [Span(2, 5, "fact")], [Span(0, 5, "")])
    assert [(run.number, run.number_starts) for run in found] == [(0, True), (0, False)]


def test_spans_beyond_the_text_are_left_out() -> None:
    assert [run.facts for run in runs("县", [Span(0, 9, "far"), Span(-1, 1, "before")])] == [()]


def test_markup_is_found_and_an_open_element_hides_no_text() -> None:
    page = "<p class='a'>县</p><script>var a = '<p>'</script><style>志"
    shown, position = "", 0
    for tag in markup_of(page, "text/html"):
        shown, position = shown + page[position : tag.start], tag.end
    assert shown + page[position:] == "县志"
    assert markup_of(page, "text/plain") == []


def read(page: str) -> str:
    """A page as it is read while its markup is hidden."""
    return "".join(run.instead if run.markup else run.text for run in runs(page, (), (), markup_of(page, "text/html")))


def test_lines_and_cells_of_a_page_stay_apart_and_blank_lines_go() -> None:
    page = "<html>\n<body>\n\n<p>一季度&nbsp;</p>\n\n  <div>增长5.8&#37;<br>其中</div>"
    page += "<table>\n<tr>\n<td>总值</td><td>6357.04</td><td>5.8</td></tr></table>"
    assert read(page) == "一季度\xa0\n增长5.8%\n其中\n总值\u20036357.04\u20035.8"


def test_what_only_looks_like_a_character_by_its_name_stays_as_it_is() -> None:
    assert read("A&B公司&nosuchname;5&amp;6") == "A&B公司&nosuchname;5&6"


def test_long_runs_of_spaces_take_no_longer_than_they_are_long() -> None:
    page = "<p>" + " " * 200_000 + "</p>" + "\n " * 100_000
    assert read(page).strip() == ""
