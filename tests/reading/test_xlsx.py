from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from pipelines.reading.limits import Limits
from pipelines.reading.number_formats import shown
from pipelines.reading.xlsx import read_xlsx
from tests.reading.make_office import saved, write_xlsx


def text(data: bytes) -> str:
    return read_xlsx(data, Limits()).text


def test_lines_are_rows_and_tabs_are_columns() -> None:
    rows = [["指标", "单位", "2024年"], [], ["总产值", None, 512.6], [None, None, "注"]]
    found = text(write_xlsx({"主要指标": rows}))
    assert found == "主要指标\n指标\t单位\t2024年\n\n总产值\t\t512.6\n\t\t注\n"
    # The position says which cell it is: line 3 behind the sheet's name, third column.
    assert found.split("\n")[3].split("\t")[2] == "512.6"


def test_a_form_feed_begins_a_sheet_and_hidden_ones_are_left_out() -> None:
    workbook = Workbook()
    workbook.worksheets[0].append(["甲", 1])
    workbook.create_sheet("底稿").append(["乙", 2])
    workbook.worksheets[1].sheet_state = "hidden"
    workbook.create_sheet("区县").append(["丙", 3])
    assert text(saved(workbook)) == "\n甲\t1\n\f区县\n丙\t3\n"


def test_cells_are_read_as_they_are_shown() -> None:
    row = ["增速", 0.061, 5126000, date(2024, 1, 1), True, "两行\n文字"]
    formats = {"B1": "0.0%", "C1": '0!.0,"万元"', "D1": 'yyyy"年"'}
    assert text(write_xlsx({"Sheet1": [row]}, formats)) == "\n增速\t6.1%\t512.6万元\t2024年\tTRUE\t两行文字\n"


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (512.6, "General", "512.6"),
        (4.0, "General", "4"),
        (0.1 + 0.2, "General", "0.3"),
        (5126.083, "#,##0.00_ ", "5,126.08"),
        (-3.25, "0.0_);[Red]\\(0.0\\)", "-3.3"),
        (-0.0125, "0.00%", "-1.25%"),
        (12, "0", "12"),
        (12.5, "0", "13"),
        (12.50, "0.##", "12.5"),
        (12, "0.##", "12"),
        (1234567, "#,##0,", "1,235"),
        (85000, '0!.0,"万"', "8.5万"),
        (85000, '0"."0,"万"', "8.5万"),
        (512.6, '0.0"亿元"', "512.6亿元"),
        (512.6, "¥#,##0.0", "¥512.6"),
        (512.6, "[$￥-804]#,##0.0;[$￥-804]-#,##0.0", "￥512.6"),
        (1e21, "General", "1000000000000000000000"),
        (0.000012, "0.00E+00", "0.000012"),
        (0.5, "# ?/?", "0.5"),
        (float("inf"), "0.0", "inf"),
        ("6.1%", "@", "6.1%"),
        (None, "General", ""),
        (datetime(2024, 5, 1, 8, 30), "yyyy-mm-dd", "2024年5月1日"),
        (date(2024, 5, 1), 'yyyy"年"m"月"', "2024年5月"),
        (time(8, 30), "h:mm", "08:30:00"),
    ],
)
def test_number_formats(value: object, number_format: str, expected: str) -> None:
    assert shown(value, number_format) == expected
