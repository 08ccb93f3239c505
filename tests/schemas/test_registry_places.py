"""The real places: codes, short names, what is ambiguous, what was given up."""

import pytest

from schemas.registry import Registry, load_registry


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def test_counts_by_level(registry: Registry) -> None:
    valid = [place.level for place in registry.places.values() if place.valid_to is None]
    assert {level: valid.count(level) for level in set(valid)} == {
        "country": 1,
        "province": 34,
        "prefecture": 333,
        "county": 2871,
    }


@pytest.mark.parametrize(
    ("code", "name", "short_name", "parent_code", "pinyin"),
    [
        ("320583", "昆山市", "昆山", "320500", "kunshan"),
        ("640000", "宁夏回族自治区", "宁夏", "000000", "ningxia"),
        ("422800", "恩施土家族苗族自治州", "恩施", "420000", "enshi"),
        ("430121", "长沙县", "长沙县", "430100", "changshaxian"),
        ("130533", "威县", "威县", "130500", "weixian"),
        ("220200", "吉林市", "吉林市", "220000", "jilinshi"),
        ("310115", "浦东新区", "浦东", "310000", "pudong"),
        ("429004", "仙桃市", "仙桃", "420000", "xiantao"),
        ("441900", "东莞市", "东莞", "440000", "dongguan"),
        ("659001", "石河子市", "石河子", "650000", "shihezi"),
        ("510726", "北川羌族自治县", "北川", "510700", "beichuan"),
        ("150622", "准格尔旗", "准格尔旗", "150600", "zhungeerqi"),
        ("810000", "香港特别行政区", "香港", "000000", "xianggang"),
        ("710000", "台湾省", "台湾", "000000", "taiwan"),
        ("610000", "陕西省", "陕西", "000000", "shaanxi"),
        ("341500", "六安市", "六安", "340000", "luan"),
        ("411100", "漯河市", "漯河", "410000", "luohe"),
    ],
)
def test_places(registry: Registry, code: str, name: str, short_name: str, parent_code: str, pinyin: str) -> None:
    place = registry.places[code]
    assert (place.name, place.short_name, place.parent_code, place.pinyin) == (name, short_name, parent_code, pinyin)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("昆山", ("320583",)),
        ("昆山市", ("320583",)),
        ("全国", ("000000",)),
        ("我国", ("000000",)),
        ("吉林", ("220000",)),
        ("海南", ("460000", "632500", "150303")),
        ("恩施州", ("422800",)),
        ("北川县", ("510726",)),
        ("鼓楼区", ("320106", "320302", "350102", "410204")),
        ("朝阳", ("211300", "110105", "220104")),
        ("海门市", ("320684",)),
        ("海门", ("320614",)),
        ("三元区", ("350404",)),
    ],
)
def test_names_and_what_they_can_mean(registry: Registry, name: str, codes: tuple[str, ...]) -> None:
    assert registry.place_names[name] == codes


@pytest.mark.parametrize(
    "name", ["和平", "平安", "大同", "朝阳", "城关", "新城", "鼓楼", "市中", "郊区", "海南", "振兴"]
)
def test_ambiguous(registry: Registry, name: str) -> None:
    assert all(
        registry.places[code].ambiguous
        for code in registry.place_names[name]
        if registry.places[code].short_name == name
    )


@pytest.mark.parametrize("name", ["昆山", "江阴", "慈溪", "义乌", "晋江", "浏阳", "神木", "苏州", "成都"])
def test_not_ambiguous(registry: Registry, name: str) -> None:
    (code,) = registry.place_names[name]
    assert not registry.places[code].ambiguous


@pytest.mark.parametrize(
    ("code", "name", "last_year", "successors"),
    [
        ("320684", "海门市", "2020", ("320614",)),
        ("330104", "江干区", "2020", ("330102", "330114")),
        ("371200", "莱芜市", "2018", ("370116", "370117")),
        ("110228", "密云县", "2015", ("110118",)),
        ("542232", "错那县", "2015", ("540530",)),
        ("540530", "错那县", "2022", ("540581",)),
    ],
)
def test_places_that_were_given_up(
    registry: Registry, code: str, name: str, last_year: str, successors: tuple[str, ...]
) -> None:
    place = registry.places[code]
    assert (place.name, place.valid_to, place.succeeded_by) == (name, last_year, successors)


def test_every_succession_ends_in_a_valid_place(registry: Registry) -> None:
    for place in registry.places.values():
        codes = {place.code}
        while ended := {code for code in codes if registry.places[code].valid_to}:
            codes = (codes - ended) | {after for code in ended for after in registry.places[code].succeeded_by}
        assert codes


def test_every_place_answers_to_its_name_or_one_after_it_does(registry: Registry) -> None:
    for place in registry.places.values():
        answering: set[str] = set()
        following = {place.code}
        while following:
            answering |= following
            following = {after for code in following for after in registry.places[code].succeeded_by}
        for name in (place.name, place.short_name, *place.aliases):
            assert answering & set(registry.place_names[name]), name


def test_ancestors(registry: Registry) -> None:
    assert registry.ancestors("320583") == ("320500", "320000")
    assert registry.ancestors("310114") == ("310000",)
    assert registry.ancestors("000000") == ()


def test_towns(registry: Registry) -> None:
    kunshan = registry.towns("320583")
    assert kunshan["千灯镇"] == "320583108"
    assert kunshan["锦溪镇"].startswith("320583")
    assert len(kunshan) == 10
    assert registry.towns("441900")["长安镇"].startswith("441900")
    assert registry.towns("810001") == {}
    assert sum(len(registry.towns(code)) for code in registry.places) > 47_000


def test_zones(registry: Registry) -> None:
    assert registry.zones["河北雄安新区"].short_name == "雄安新区"
    assert registry.zones["苏州工业园区"].statistics_code == "320576"
    assert registry.zones["广州南沙新区"].place_code == "440115"


def test_a_zone_is_not_a_place(registry: Registry) -> None:
    names = {name for zone in registry.zones.values() for name in (zone.name, zone.short_name, *zone.aliases)}
    assert not names & registry.place_names.keys()
