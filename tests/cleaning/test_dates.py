from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.cleaning.dates import Moment, parse_moment


@pytest.mark.parametrize(
    ("text", "at", "precision"),
    [
        ("2024-09-21 07:41:00", datetime(2024, 9, 21, 7, 41), "second"),
        ("2024-9-1 7:05", datetime(2024, 9, 1, 7, 5), "minute"),
        ("2024/09/21", datetime(2024, 9, 21), "day"),
        ("2024.09.21", datetime(2024, 9, 21), "day"),
        ("2024年9月21日", datetime(2024, 9, 21), "day"),
        ("2024 年 9 月 21 日 07时41分", datetime(2024, 9, 21, 7, 41), "minute"),
        ("2024年9月21日 下午3:20", datetime(2024, 9, 21, 15, 20), "minute"),
        ("2024年9月21日（星期六）09:30", datetime(2024, 9, 21, 9, 30), "minute"),
        ("2024-09-21T07:41:00+08:00", datetime(2024, 9, 21, 7, 41), "second"),
        ("2024-09-20T23:41:00Z", datetime(2024, 9, 21, 7, 41), "second"),
        ("2024-09-21T07:41:00.123456", datetime(2024, 9, 21, 7, 41), "second"),
        ("20240921", datetime(2024, 9, 21), "day"),
        ("2024年9月", datetime(2024, 9, 1), "month"),
        ("2024-09", datetime(2024, 9, 1), "month"),
        ("2024年", datetime(2024, 1, 1), "year"),
        ("二〇二三年十一月二十日", datetime(2023, 11, 20), "day"),
        ("二○二三年一月", datetime(2023, 1, 1), "month"),
        ("Mon, 04 Apr 2022 02:15:24 GMT", datetime(2022, 4, 4, 10, 15, 24), "second"),
        ("Mon, 04 Apr 2022 20:15:24 +0000", datetime(2022, 4, 5, 4, 15, 24), "second"),
        ("Mon, 04 Apr 2022 02:15:24 +0800", datetime(2022, 4, 4, 2, 15, 24), "second"),
        ("发布时间：2024-09-21 来源：某报", datetime(2024, 9, 21), "day"),
    ],
)
def test_forms_of_moments(text: str, at: datetime, precision: str) -> None:
    assert parse_moment(text) == Moment(at, precision)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["", "9月20日", "去年", "2024", "2024.5亿元", "2023年2月30日", "13579-24", "1024-05-06", "400-0123-021", "十月"],
)
def test_what_is_no_moment(text: str) -> None:
    assert parse_moment(text) is None


@given(
    st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]),
)
def test_any_day_in_any_form(day: date, form: str) -> None:
    assert parse_moment(day.strftime(form)) == Moment(datetime(day.year, day.month, day.day), "day")


@given(st.text(max_size=60) | st.text(alphabet="0123456789-/年月日:： TZ+.", max_size=40))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    moment = parse_moment(text)
    assert moment is None or 1900 <= moment.at.year <= 2100
