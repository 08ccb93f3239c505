"""Every rule of soundness is broken once, and the registry must refuse by the name of the rule."""

import re
from pathlib import Path

import pytest

import schemas.registry
from schemas.registry import RegistryError, load_registry
from tests.schemas.registry_sample import FILES, write_sample

MODULES = Path(schemas.registry.__file__).parent

# rule, file, a passage of the sample, what it is replaced by
PLANTED = [
    ("columns", "offices.csv", "title,kind", "name,kind"),
    ("columns", "look_alikes.csv", "found,meant", "found,found"),
    ("cells", "offices.csv", "记者,media,Reporter,", "记者,media,Reporter"),
    ("cell-stripped", "offices.csv", "记者,media", "记者 ,media"),
    ("cell-required", "offices.csv", "记者,media", ",media"),
    ("csv", "offices.csv", "记者,media", '记"者,"med"ia'),
    ("list-well-formed", "indicators.csv", "GDP|生产总值", "GDP||生产总值"),
    ("list-well-formed", "indicators.csv", "GDP|生产总值", "GDP|GDP"),
    ("domain", "offices.csv", "记者,media", "记者,press"),
    ("number", "units.csv", "公顷,KM2,0.01", "公顷,KM2,a hundredth"),
    ("number", "units.csv", "公顷,KM2,0.01", "公顷,KM2,Infinity"),
    ("range-well-formed", "indicators.csv", "-30..60", "-30-60"),
    ("range-ordered", "indicators.csv", "-30..60", "60..-30"),
    ("range-ordered", "indicators.csv", ",2,0,1e14,", ",2,1e15,1e14,"),
    ("unit-measure-unique", "unit_measures.csv", "KM2,area,平方公里,平方公里", "CNY,area,平方公里,平方公里"),
    ("reference-with-ratio", "unit_measures.csv", "KM2,1/1500", "KM2,"),
    ("ratio", "unit_measures.csv", "KM2,1/1500", "KM2,1/0"),
    ("ratio", "unit_measures.csv", "KM2,1/1500", "KM2,-1"),
    ("reference-direct", "unit_measures.csv", "KM2,1/1500", "HECTARE,1/15"),
    ("reference-direct", "unit_measures.csv", "Yuan per mu,,", "Yuan per mu,MU,1"),
    ("scale-unique", "scale_words.csv", "千,1000,千", "万,1000,万"),
    ("scale-power-of-ten", "scale_words.csv", "千,1000", "千,1024"),
    ("scale-canonical", "scale_words.csv", "萬,10000,万", "萬,1000,万"),
    ("unit-text-unique", "units.csv", "畝,MU", "亩,MU"),
    ("unit-canonical", "units.csv", "畝,MU,1,亩", "畝,MU,1,公顷"),
    ("unit-canonical", "units.csv", "畝,MU,1,亩", "畝,MU,1,市亩"),
    ("unit-measure-known", "units.csv", "公顷,KM2", "公顷,HECTARE"),
    ("unit-factor", "units.csv", "公顷,KM2,0.01", "公顷,KM2,-0.01"),
    ("unit-factor", "units.csv", "公顷,KM2,0.01", "公顷,KM2,"),
    ("unit-also", "units.csv", "large,CNY", "large,CNY_PER_MU"),
    ("unit-measure-base", "unit_measures.csv", "MU,area,亩", "MU,area,公顷"),
    ("unit-compound", "units.csv", "畝,MU,1,亩,,", "千亩,MU,1,千亩,,"),
    ("unit-reach", "units.csv", "亩,MU,1,亩,common,\n畝,MU,1,亩,,", "亩,MU,1,亩,,\n畝,MU,1,亩,traditional,"),
    ("indicator-code", "indicators.csv", "GDP,地区生产总值", "Gdp,地区生产总值"),
    ("indicator-code-unique", "indicators.csv", "ARABLE_LAND", "GDP"),
    ("indicator-aliases-disjoint", "indicators.csv", "Arable land,,", "Arable land,GDP,"),
    ("indicator-unit-measure", "indicators.csv", "area,MU", "area,HECTARE"),
    ("indicator-dimension", "indicators.csv", "area,MU", "money,MU"),
    ("indicator-decimals", "indicators.csv", ",2,0,1e14,", ",two,0,1e14,"),
    ("soft-inside-hard", "indicators.csv", "1e9..1e13", "1e9..1e15"),
    ("soft-inside-hard", "indicators.csv", "1e9..1e13", "-1..1e13"),
    ("cross-check-unique", "cross_checks.csv", "gdp_agrees", "gdp_jumps"),
    ("cross-check-whole", "cross_checks.csv", "GDP,GDP|OUTPUT", ",GDP|OUTPUT"),
    ("cross-check-parts", "cross_checks.csv", "GDP,GDP|OUTPUT", "GDP,*"),
    ("cross-check-parts", "cross_checks.csv", "GDP,GDP|OUTPUT", "GDP,OUTPUT"),
    ("cross-check-indicator", "cross_checks.csv", "GDP,GDP|OUTPUT", "GDP,GDP|INPUT"),
    ("cross-check-unit", "cross_checks.csv", "GDP,GDP|OUTPUT", "GDP,GDP|ARABLE_LAND"),
    ("cross-check-tolerance", "cross_checks.csv", "0.005,0.05", "0.05,0.005"),
    ("family-unique", "families.csv", "产值,GDP\n", "产值,GDP\n产值,ARABLE_LAND\n"),
    ("family-indicator", "families.csv", "产值,GDP", "产值,INPUT"),
    ("word-unique", "words.csv", "idiom,一体化", "idiom,百强"),
    ("trap-unique", "place_traps.csv", "社区\n", "社区\n平安,word,平安县城\n"),
    ("trap-example", "place_traps.csv", "建设平安社区", "建设社区"),
    ("trap-example", "place_traps.csv", "建设平安社区", "平安"),
    ("trap-known", "place_traps.csv", "平安,word,建设平安社区", "振兴,word,乡村振兴"),
    ("place-code", "places.csv", "320583,昆山市", "32058,昆山市"),
    ("place-code-unique", "places.csv", "320583,昆山市", "320614,昆山市"),
    ("place-level", "places.csv", "昆山,county", "昆山,prefecture"),
    ("place-parent", "places.csv", "昆山,county,320500", "昆山,county,320400"),
    ("place-parent", "places.csv", "全国,country,,", "全国,country,320000,"),
    ("place-parent-level", "places.csv", "昆山,county,320500", "昆山,county,320000"),
    ("place-parent-level", "places.csv", "嘉定,county,310000", "嘉定,county,320500"),
    ("place-parent-province", "places.csv", "昆山,county,320500", "昆山,county,630200"),
    ("place-date", "places.csv", "haimen,2021,", "haimen,spring 2021,"),
    ("place-valid-ordered", "places.csv", "haimen,,2020", "haimen,2021,2020"),
    ("place-successor", "places.csv", "2020,320614", "2020,320615"),
    ("place-successor", "places.csv", "kunshan,,,", "kunshan,,,320614"),
    ("place-pinyin", "places.csv", "kunshan", "Kun Shan"),
    ("zone-place", "zones.csv", "320583,昆山开发区", "320599,昆山开发区"),
    ("zone-code", "zones.csv", "320576", "320583"),
    ("zone-names-disjoint", "zones.csv", "昆山开发区", "苏州工业园区"),
    ("list-names-disjoint", "ranking_lists.csv", "世界500强,财富", "百强县,财富"),
    ("office-unique", "offices.csv", "记者,media", "市长,media"),
    ("office-rank", "offices.csv", "Mayor,20", "Mayor,high"),
    ("town-code", "towns.csv", "320583100", "32058310"),
    ("town-code-unique", "towns.csv", "320583100", "320583102"),
    ("town-parent", "towns.csv", "玉山镇,320583", "玉山镇,320599"),
    ("town-last-year", "towns.csv", "320583,2020", "320583,some time"),
    ("town-name-unique", "towns.csv", "玉山镇", "千灯镇"),
]


def _load_all(folder: Path) -> None:
    registry = load_registry(folder)
    registry.towns("320583")
    registry.table("look_alikes")


def test_the_sample_is_sound(tmp_path: Path) -> None:
    _load_all(write_sample(tmp_path))


@pytest.mark.parametrize(("rule", "file", "old", "new"), PLANTED)
def test_a_broken_row_is_refused_by_name(tmp_path: Path, rule: str, file: str, old: str, new: str) -> None:
    with pytest.raises(RegistryError) as refused:
        _load_all(write_sample(tmp_path, file, old, new))
    assert refused.value.rule == rule, refused.value
    assert str(refused.value).startswith(refused.value.file)
    assert "What to do: " in str(refused.value)


def test_the_message_names_the_line_of_the_planted_row(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match=r"^places\.csv, line 7: the parent of 320583 must be a prefecture\."):
        load_registry(write_sample(tmp_path, "places.csv", "昆山,county,320500", "昆山,county,320000"))


@pytest.mark.parametrize("file", [name for name in FILES if name not in ("towns.csv", "look_alikes.csv")])
def test_a_missing_file_is_named(tmp_path: Path, file: str) -> None:
    write_sample(tmp_path)
    (tmp_path / file).unlink()
    with pytest.raises(RegistryError, match=rf"^{re.escape(file)}: .*\[file-exists\]$"):
        load_registry(tmp_path)


def test_an_unknown_kind_of_words_is_named(tmp_path: Path) -> None:
    registry = load_registry(write_sample(tmp_path))
    assert registry.words("idiom") == ("百强", "一体化")
    with pytest.raises(RegistryError, match="idiom, target") as refused:
        registry.words("idioms")
    assert refused.value.rule == "words-kind"


def test_every_rule_in_the_loader_has_a_planted_row() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in MODULES.glob("registry*.py"))
    declared = set(re.findall(r'(?:\berror|RegistryError|_once)\(\s*(?:row, )?"([a-z-]+)"', source))
    assert len(declared) > 40
    assert declared - {rule for rule, *_ in PLANTED} == {"file-exists", "words-kind"}
