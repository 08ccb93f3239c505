import pytest

from pipelines.reading.encodings import Fault
from pipelines.reading.limits import Limits, RefusedError
from pipelines.reading.pdf import read_pdf
from tests.reading.make_pdf import Sheet, write_pdf

# A page of 595 points with margins of 72; a character of 12 points, so that 37 fill a line.
LEFT, RIGHT_END = 72, 37


def text(*sheets: Sheet) -> str:
    return read_pdf(write_pdf(sheets), Limits()).text


def fault(data: bytes, limits: Limits = Limits()) -> Fault:  # noqa: B008
    with pytest.raises(RefusedError) as raised:
        read_pdf(data, limits)
    return raised.value.fault


def filled(words: str) -> str:
    """A line of that many characters as fill it, ending with the words."""
    return "县" * (RIGHT_END - len(words)) + words


def test_lines_of_a_paragraph_are_put_together_and_an_indent_begins_another() -> None:
    words = [
        (LEFT + 24, 700, filled("的总产值达到")[2:]),
        (LEFT, 680, "512.6亿元，增长6.1%。"),
        (LEFT + 24, 660, "农业平稳。"),
    ]
    assert text(Sheet(words)) == f"{filled('的总产值达到')[2:]}512.6亿元，增长6.1%。\n农业平稳。\n"


def test_a_paragraph_goes_on_on_the_next_page_past_page_numbers_and_running_heads() -> None:
    ends = {3: ("甲的总产值", "达到"), 4: ("乙的总产值", "增长"), 5: ("丙的总产值", "")}
    sheets = [
        Sheet(
            [
                (250, 800, "全县统计公报"),
                (LEFT, 760, filled(top)),
                (LEFT, 740, filled(low) if low else "6.1%。"),
                (290, 40, f"—{n}—"),
            ]
        )
        for n, (top, low) in ends.items()
    ]
    first, second, third = text(*sheets).split("\f")
    # The running head of the first page may be all that says what the document is.
    assert first == "全县统计公报\n" + filled("甲的总产值") + filled("达到")
    assert second == filled("乙的总产值") + filled("增长")
    assert third == filled("丙的总产值") + "6.1%。\n"


def test_spaces_of_the_page_stay_and_only_gaps_that_they_do_not_fill_are_columns() -> None:
    words = [
        (LEFT, 700, "2024-11-29 08:16 来源：县报  作者"),
        (LEFT, 680, "指标 "),
        (200, 680, "值"),
        (LEFT, 660, "产值 "),
        (200, 660, "5"),
    ]
    assert text(Sheet(words)) == "2024-11-29 08:16 来源：县报 作者\n指标\t值\n产值\t5\n"


def test_a_number_that_is_broken_at_the_end_of_a_line_stays_one() -> None:
    words = [(LEFT, 700, filled("638.")), (LEFT, 680, "57亿元，" + filled("1")[4:]), (LEFT, 660, "346.42亿元")]
    assert "638.57亿元" in text(Sheet(words))
    assert "县1346.42亿元" in text(Sheet(words))


def test_columns_of_a_newspaper_are_read_one_after_another() -> None:
    left = ["县" * 18 + "总产值", "达到512.6亿元，比上年增长6.1%。" + "县" * 5, "城乡居民收入" + "县" * 13 + "比"]
    right = ["上年增长5.5%，" + "县" * 13, "农村居民收入增长6.2%。"]
    words: list[tuple[float, float, str]] = [(LEFT, 700 - 20 * n, line) for n, line in enumerate(left)]
    words += [(340, 700 - 20 * n, line) for n, line in enumerate(right)]
    assert text(Sheet(words)) == "".join(left + right) + "\n"


def test_a_number_that_does_not_count_the_pages_is_no_page_number() -> None:
    assert "512" in text(
        Sheet([(LEFT, 700, "总产值"), (LEFT, 600, "512")]), Sheet([(LEFT, 700, "增速"), (LEFT, 600, "7")])
    )


def test_a_page_without_words_still_counts() -> None:
    found = text(Sheet([(LEFT, 700, "首页的文字")]), Sheet(), Sheet([(LEFT, 700, "末页的文字")]))
    assert found == "首页的文字\n\f\f末页的文字\n"


def test_wide_gaps_under_each_other_are_columns_and_an_empty_cell_moves_no_number() -> None:
    at = (LEFT, 200, 300, 400)
    rows = [
        ("指标", "单位", "本月", "累计"),
        ("总产值", "亿元", "41.2", "512.6"),
        ("工业", "%", "", "8.0"),
        ("", "", "3.1", ""),
    ]
    words = [(x, 700 - 20 * y, cell) for y, row in enumerate(rows) for x, cell in zip(at, row, strict=True) if cell]
    assert text(Sheet(words)) == "指标\t单位\t本月\t累计\n总产值\t亿元\t41.2\t512.6\n工业\t%\t\t8.0\n3.1\n"


def test_rows_that_do_not_fit_into_columns_are_no_table() -> None:
    words = [
        (LEFT, 700, "甲地"),
        (150, 700, "1.1"),
        (250, 700, "2.2"),
        (LEFT, 680, "乙地"),
        (250, 680, "3.3"),
        (350, 680, "4.4"),
    ]
    assert "\t" not in text(Sheet(words))


def test_one_line_with_a_wide_gap_is_no_table() -> None:
    assert text(Sheet([(LEFT, 700, "目"), (200, 700, "录"), (LEFT, 600, "全县概况")])) == "目 录\n全县概况\n"


def test_a_name_of_two_lines_is_one_cell_of_a_table_without_rules() -> None:
    rows = [(700, "指标", "数值"), (660, "总产值", "512.6"), (606, "增加值", "233.7"), (566, "人口", "44.8")]
    words = [(x, y, cell) for y, *row in rows for x, cell in zip((LEFT, 300), row, strict=True)]
    words.insert(4, (LEFT, 620, "规模以上工业"))
    assert "规模以上工业增加值\t233.7\n" in text(Sheet(words))


def test_a_cell_of_two_lines_beside_its_row_is_one_cell_of_a_table_without_rules() -> None:
    words = [
        (LEFT, 700, "指标"),
        (200, 700, "单位"),
        (300, 700, "2024年"),
        (400, 707, "比上年"),
        (400, 693, "增长（%）"),
    ]
    words += [
        (LEFT, 667, "规模以上工业"),
        (LEFT, 653, "增加值"),
        (200, 660, "亿元"),
        (300, 660, "30.4"),
        (400, 660, "8.8"),
    ]
    words += [(LEFT, 630, "人口"), (200, 630, "万人"), (300, 630, "12.5")]
    assert (
        text(Sheet(words))
        == "指标\t单位\t2024年\t比上年增长（%）\n规模以上工业增加值\t亿元\t30.4\t8.8\n人口\t万人\t12.5\n"
    )


def ruled() -> Sheet:
    """Two columns of a header over three, and a name of two lines."""
    words = [(80, 684, "指标"), (260, 684, "二〇二四年"), (80, 664, "规模以上工业"), (80, 648, "增加值")]
    words += [(210, 656, "233.7"), (310, 656, "6.1"), (310, 625, "5.0"), (80, 625, "人口")]
    rules = [(72, y, 400, y) for y in (700, 680, 640, 620)]
    rules += [(x, 620, x, 700) for x in (72, 200, 400)] + [(300, 620, 300, 680)]
    return Sheet(words, rules)


def test_rules_make_cells_whatever_lines_they_hold() -> None:
    assert text(ruled()) == "指标\t二〇二四年\n规模以上工业增加值\t233.7\t6.1\n人口\t\t5.0\n"


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_it_is_shown(rotation: int) -> None:
    sheet = ruled()
    turn = {90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}[rotation]
    shift = {90: (842, 0), 180: (595, 842), 270: (0, 595)}[rotation]
    sheet.matrix, sheet.rotation = (*turn, *shift), rotation
    assert text(sheet) == text(ruled())


def test_a_scan_is_refused_and_a_cover_without_text_is_not() -> None:
    picture = Sheet(rules=[(72, 700, 400, 700)])
    assert fault(write_pdf([picture, picture])).rule == "no_text_layer"
    assert fault(write_pdf([picture])).reason.startswith("It is a scan: 1 of its 1 pages")
    assert text(picture, Sheet([(LEFT, 700, "全县总产值")])) == "\f全县总产值\n"


def test_a_text_layer_that_is_no_text_is_refused() -> None:
    found = fault(write_pdf([Sheet([(LEFT, 700, "\ue000\ue001\ue002" * 9)])]))
    assert found.rule == "implausible_text"
    assert "text recognition" in found.reason


def test_a_number_that_lost_a_digit_is_not_read_as_another_number() -> None:
    words = [(LEFT, 700 - 20 * n, f"全县总产值{n}.5亿元，城乡居民收入稳步增长") for n in range(9)]
    assert "3.5亿元" in text(Sheet(words))
    words[3] = (LEFT, 640, "全县总产值1\ufffd3.5亿元，城乡居民收入稳步增长")
    assert fault(write_pdf([Sheet(words)])).reason.startswith("Characters among its numbers are lost")


def test_text_that_was_recognised_behind_a_picture_is_refused_and_hidden_words_are_not_read() -> None:
    hidden = [(LEFT, 700, "全县总产值512.6亿元")]
    assert fault(write_pdf([Sheet(hidden=hidden)])).rule == "recognised_text"
    assert text(Sheet([(LEFT, 600, "全县总产值为512.6亿元。")], hidden=hidden[:1])) == "全县总产值为512.6亿元。\n"


def test_a_pdf_with_a_password_is_refused() -> None:
    secret = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>]" % (
        b"00" * 32,
        b"11" * 32,
    )
    assert fault(write_pdf([Sheet([(LEFT, 700, "全县")])], secret)).rule == "encrypted"


def test_words_beside_the_page_are_not_read() -> None:
    assert text(Sheet([(LEFT, 700, "全县总产值"), (LEFT, 2000, "看不见"), (-500, 700, "看不见")])) == "全县总产值\n"


@pytest.mark.parametrize(
    ("limits", "rule"),
    [
        (Limits(max_pages=1), "too_many_pages"),
        (Limits(max_text_characters=9), "too_long"),
        (Limits(max_parts=2), "too_many_parts"),
        (Limits(max_table_cells=5), "too_many_cells"),
    ],
)
def test_limits(limits: Limits, rule: str) -> None:
    assert fault(write_pdf([ruled(), ruled()]), limits).rule == rule
