"""Positions become offices, sightings become tenures, and nothing is claimed that no text shows."""

from typing import Any

import pytest

from tests.validation.rows import DOC, REFERENCE, row, typed
from tests.warehouse.marts.views import facts, views
from tests.warehouse.world import OTHER

NINGXIA = [
    row("places", code="640000", name="宁夏回族自治区", short_name="宁夏", level="province", parent_code="000000"),
    row("places", code="640400", name="固原市", short_name="固原", level="prefecture", parent_code="640000"),
    row("places", code="640402", name="原州区", short_name="原州", level="county", parent_code="640400"),
]


def holders(
    *changes: dict[str, Any], columns: str = "person, office, first_seen, last_seen", order: str = "first_seen, office"
) -> list[tuple[Any, ...]]:
    """These columns of the tenures that are built from these roles."""
    roles = ({"sentence": f"第{number}句", **change} for number, change in enumerate(changes))
    places = REFERENCE["places"].vstack(typed("places", *NINGXIA))
    connection = views(**facts("person_roles", *roles), places=places)
    return connection.execute(f"SELECT {columns} FROM marts.officeholders ORDER BY {order}, person").fetchall()


def seen(person: str, position: str, role_date: str | None, **changes: Any) -> dict[str, Any]:
    """A statement that somebody held a position."""
    return {"person": person, "position": position, "role_date": role_date, **changes}


# Each position with the place of its row, and the offices that it is taken apart into, each with its place.
WRITTEN: list[tuple[str, str | None, set[tuple[str, str | None]]]] = [
    ("昆山市委书记", "320583", {("市委书记", "320583")}),
    ("中共昆山市委书记", "320583", {("市委书记", "320583")}),
    ("市委书记", "320583", {("市委书记", "320583")}),
    ("江苏省昆山市委书记", "320583", {("市委书记", "320583")}),
    ("苏州市委常委、昆山市委书记", "320583", {("市委常委", "320500"), ("市委书记", "320583")}),
    ("苏州市委常委，昆山市委书记", "320583", {("市委常委", "320500"), ("市委书记", "320583")}),
    ("昆山市委副书记、市长", "320583", {("市委副书记", "320583"), ("市长", "320583")}),
    ("昆山市人民政府市长", "320583", {("市长", "320583")}),
    ("昆山市市长", "320583", {("市长", "320583")}),
    ("代市长", "320583", {("市长", "320583")}),
    ("市委副书记、代理市长", "320583", {("市委副书记", "320583"), ("市长", "320583")}),
    ("党组书记、常务副市长", "320583", {("党组书记", "320583"), ("常务副市长", "320583")}),
    ("昆山市人大常委会主任", "320583", {("人大常委会主任", "320583")}),
    ("市人大常委会主任", "320583", {("人大常委会主任", "320583")}),
    ("昆山高新区管委会主任", "320583", {("高新区管委会主任", "320583")}),
    ("高新区管委会主任", "320583", {("高新区管委会主任", "320583")}),
    # 、 within the name of a body does not part offices.
    ("市经济、信息化局局长", "320583", {("市经济、信息化局局长", "320583")}),
    # A place that has nothing to do with the one of the row, and a body that belongs to none.
    ("昆山市委常委、固原市副市长", "320583", {("市委常委", "320583"), ("副市长", "640400")}),
    ("市委常委、大三角区域合作办公室主任", "320583", {("市委常委", "320583"), ("大三角区域合作办公室主任", None)}),
    ("宁夏回族自治区人民政府主席", "640000", {("区主席", "640000")}),
    ("自治区主席", "640000", {("区主席", "640000")}),
    ("自治区党委书记", "640000", {("区党委书记", "640000")}),
    ("固原市原州区委书记", "640402", {("区委书记", "640402")}),
    ("原州区委书记", "640402", {("区委书记", "640402")}),
    ("宁夏固原市委书记", None, {("市委书记", "640400")}),
    # A name of its own, although it begins with a place.
    ("宁夏大学校长", "640402", {("宁夏大学校长", "640000")}),
    ("某研究院院长、教授", None, {("某研究院院长", None), ("教授", None)}),
    ("国家某局原副局长、某委员会副主任", None, {("国家某局副局长", None), ("某委员会副主任", None)}),
]


def test_an_office_is_the_same_however_it_is_written() -> None:
    roles = [seen(position, position, "2024", ref_area=ref_area) for position, ref_area, _ in WRITTEN]
    found: dict[str, set[tuple[str, str | None]]] = {}
    for position, *office in holders(*roles, columns="person, office, ref_area"):
        found.setdefault(position, set()).add((office[0], office[1]))
    assert found == {position: offices for position, _, offices in WRITTEN}


def test_one_follows_another() -> None:
    found = holders(
        seen("周某", "苏州市委常委、昆山市委书记", "2022-11"),
        seen("陈某", "昆山市委副书记、市长", "2024-09-20", doc_id=OTHER),
        seen("周某", "昆山市委书记", "2024-09-20", doc_id=OTHER),
        seen("陈某", "市委书记", "2025-03"),
        columns="person, office, first_seen, last_seen, successor, ended_by, confidence",
        order="office DESC, first_seen",
    )
    assert [row for row in found if row[1] in ("市长", "市委书记")] == [
        ("陈某", "市长", "2024-09-20", "2024-09-20", None, None, "single"),
        ("周某", "市委书记", "2022-11", "2024-09-20", "陈某", "2025-03", "certain"),
        ("陈某", "市委书记", "2025-03", "2025-03", None, None, "single"),
    ]


@pytest.mark.parametrize("position", ["副市长", "教育局副局长", "市委常委"])
def test_deputies_and_members_do_not_follow_each_other(position: str) -> None:
    deputies = seen("甲某", position, "2022"), seen("乙某", position, "2024")
    assert holders(*deputies, columns="successor") == [(None,), (None,)]


def test_the_same_office_elsewhere_has_its_own_holders() -> None:
    other = seen("乙某", "市委书记", "2024", ref_area="320500")
    assert holders(seen("甲某", "市委书记", "2022"), other, columns="successor") == [(None,), (None,)]


def test_an_office_without_its_body_is_told_apart_by_the_organization() -> None:
    managers = [
        seen("甲某", "总经理", "2022", ref_area=None, organization="某公司"),
        seen("乙某", "总经理", "2023", ref_area=None, organization="别公司"),
        seen("丙某", "总经理", "2024", ref_area=None, organization="某公司"),
        seen("丁某", "总经理", "2025", ref_area=None),
    ]
    assert holders(*managers, columns="person, organization, successor") == [
        ("甲某", "某公司", "丙某"),
        ("乙某", "别公司", None),
        ("丙某", "某公司", None),
        ("丁某", None, None),
    ]


def test_a_year_is_no_earlier_than_a_day_in_it() -> None:
    found = holders(seen("甲某", "市长", "2024"), seen("甲某", "市长", "2024-09-20"), seen("甲某", "市长", "2024-10"))
    assert found == [("甲某", "市长", "2024-09-20", "2024-10")]


def test_where_the_order_cannot_be_told_nobody_follows() -> None:
    found = holders(seen("甲某", "市长", "2024"), seen("乙某", "市长", "2024-09-20"), columns="successor, confidence")
    assert found == [(None, "single"), (None, "single")]


def test_an_overlap_is_told() -> None:
    found = holders(
        seen("甲某", "市长", "2022"),
        seen("乙某", "市长", "2023"),
        seen("甲某", "市长", "2024"),
        columns="person, successor, confidence",
    )
    assert found == [("甲某", None, "overlap"), ("乙某", None, "overlap")]


@pytest.mark.parametrize("position", ["昆山市原市长", "原昆山市市长", "原市长", "前任市长"])
def test_a_former_office_is_no_sighting(position: str) -> None:
    columns = "office, first_seen, former_by, confidence"
    assert holders(seen("甲某", position, "2024"), columns=columns) == [("市长", None, "2024", "former")]
    both = seen("甲某", position, "2024"), seen("甲某", "市长", "2020-05")
    assert holders(*both, columns=columns) == [("市长", "2020-05", "2024", "single")]


def test_a_name_that_begins_with_the_word_for_former_is_none() -> None:
    assert holders(seen("甲某", "原位科技创始人&CEO", "2024", ref_area=None), columns="office, confidence") == [
        ("CEO", "single"),
        ("原位科技创始人", "single"),
    ]


def test_the_holder_of_that_time_is_seen_at_no_date() -> None:
    found = holders(seen("甲某", "时任昆山市委书记", "2024"), columns="office, first_seen, confidence")
    assert found == [("市委书记", None, "undated")]


def test_acting_holds_only_until_the_office_is_held() -> None:
    acting = seen("甲某", "代市长", "2021")
    assert holders(acting, columns="office, acting") == [("市长", True)]
    assert holders(acting, seen("甲某", "市长", "2022"), columns="office, acting") == [("市长", False)]


def test_copies_are_one_source_and_one_date_is_a_single_sighting() -> None:
    copies = [seen("甲某", "市长", "2021", sentence="一句", doc_id=doc) for doc in (DOC, OTHER)]
    columns = "n_sources, confidence, doc_ids"
    assert holders(*copies, columns=columns) == [(1, "single", [DOC, OTHER])]
    copies[1] |= {"sentence": "又一句"}
    assert holders(*copies, columns=columns) == [(2, "single", [DOC, OTHER])]
    copies[1] |= {"role_date": "2022"}
    assert holders(*copies, columns=columns) == [(2, "certain", [DOC, OTHER])]


def test_without_a_date_an_office_is_undated() -> None:
    found = holders(seen("甲某", "市长", None), columns="first_seen, last_seen, confidence")
    assert found == [(None, None, "undated")]
