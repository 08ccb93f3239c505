"""What a document is about: its kind, its place and the code that the place had, from pages written for this test."""

from collections import Counter
from typing import Any

import pytest

from pipelines.cleaning import clean_document
from pipelines.cleaning.frames import clean_frame
from pipelines.extraction import extract, read_facts
from pipelines.extraction.gazetteer import Gazetteer, gazetteer
from pipelines.extraction.place_codes import code_in
from pipelines.extraction.place_evidence import (
    introduced_place,
    leader,
    office_place,
    paper_place,
)
from pipelines.extraction.profile import document_type
from schemas.documents import CleanDocument

PROSE = (
    "全{rank}上下坚持稳中求进，地区生产总值完成512.6亿元，同比增长6.1%，主要指标好于预期。\n"
    "粮食总产量达到14.2万吨，农民人均收入25310元，增长6.6%，{rank}里的面貌持续改善。"
)


def tables(page: str, file_name: str = "page.txt") -> dict[str, Any]:
    document = clean_document(page, file_name=file_name, source_path=file_name)
    assert isinstance(document, CleanDocument)
    return {name: frame.to_dicts() for name, frame in extract(clean_frame([document])).items()}


PAGES = {
    "the office that publishes, though counties are named more often": (
        "前三季度全市经济运行情况\n来源：绵阳市统计局 发布日期：2013-10-26\n"
        + PROSE.format(rank="市")
        + "\n江油市增长9.9%，江油市投资较快；三台县增长8.4%，北川县增长5.2%。",
        "510700",
        "communique",
    ),
    "a banner in a document that compares itself with 全区": (
        "旗情简介\n来源：克什克腾旗人民政府办公室\n克什克腾旗位于内蒙古自治区东部，总面积20673平方公里，是草原大旗。\n"
        + PROSE.format(rank="旗")
        + "\n2024年增速居全区第6位，内蒙古自治区表彰了全旗，内蒙古自治区支持项目12个。",
        "150425",
        "profile",
    ),
    "two places in a title, 全县 fits one of them": (
        "固安丨大兴协同发展项目签约32个\n2020-09-18 10:00\n"
        + PROSE.format(rank="县")
        + "\n固安县与大兴相邻，大兴区表示支持。",
        "131022",
        "news",
    ),
    "the paper of a place that the text never names": (
        "余杭新闻网 → 新闻中心 → 要闻\n我区新开工项目42个\n2017年10月12日 08:30　来源：余杭日报\n"
        + PROSE.format(rank="区"),
        "330110",
        "news",
    ),
    "the media centre of a county on the page of a village": (
        "古茶岭：山上山下两重天\n发布时间：2022-05-06    来源：安溪县融媒体中心\n"
        "茶农们赶在立夏前采完头春，山里的作坊夜夜亮灯，今年干茶产量1.3万吨，比上年多出一成。\n"
        "这里前年入选“福建省最美茶乡”，游客也多了起来，五一假期接待2.6万人次。",
        "350524",
        "news",
    ),
    "a province in the name of an honour alone": (
        "古茶岭：山上山下两重天\n发布时间：2022-05-06\n"
        "茶农们赶在立夏前采完头春，山里的作坊夜夜亮灯，今年干茶产量1.3万吨，比上年多出一成。\n"
        "“福建省最美茶乡”的牌子前年挂了起来，游客也多了起来，五一假期接待2.6万人次。",
        None,
        "news",
    ),
    "the code of the time": (
        "密云县情\n发布日期：2014-03-02\n" + PROSE.format(rank="县"),
        "110228",
        "profile",
    ),
    "a place that its first sentence introduces": (
        "区县概况\n来源：市政府办\n清镇市位于贵州省中部，是贵阳市下辖的县级市，总面积1383平方公里。\n"
        + PROSE.format(rank="市"),
        "520181",
        "profile",
    ),
    "a speech at a meeting": (
        "在全市经济运行分析会上的讲话\n中共慈溪市委书记 王小明\n同志们：\n"
        + PROSE.format(rank="市")
        + "\n慈溪要走在前列。",
        "330282",
        "speech",
    ),
    "news of a meeting about the economy": (
        "慈溪市召开三季度经济运行分析会\n来源：慈溪日报\n" + PROSE.format(rank="市"),
        "330282",
        "news",
    ),
    "a plan whose title names the economy": (
        "嘉善县国民经济和社会发展第十四个五年规划纲要\n" + PROSE.format(rank="县"),
        "330421",
        "plan",
    ),
    "a list of counties of many provinces": (
        "全国百强榜出炉 江苏4席\n2023-08-30 10:11\n"
        "近日，百强榜在京发布，江苏占4席、浙江占2席，数量居前，入围门槛比上年抬高20亿元。\n"
        "昆山市、江阴市、晋江市、张家港市、义乌市、慈溪市、长沙县、神木市、仁怀市依次入围。",
        None,
        "news",
    ),
    "no title, but a paper": (
        "《某某周刊》记者 王小茹 | 北京报道\n" + PROSE.format(rank="市"),
        None,
        "news",
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_document_is_of_its_kind_and_about_its_place(name: str) -> None:
    page, ref_area, doc_type = PAGES[name]
    profile = tables(page)["document_profiles"][0]
    assert (profile["ref_area"], profile["doc_type"]) == (ref_area, doc_type)


def test_facts_have_the_code_that_their_place_had() -> None:
    rows = tables("长垣县情\n发布日期：2016-03-01\n2015年长垣生产总值完成272.6亿元，全县财政收入13.7亿元。")
    assert {row["ref_area"] for row in rows["observations"]} == {"410728"}


def test_a_year_of_publication_is_no_day() -> None:
    page = (
        "《县域经济》2018年第4期 · 调研报告\n临泉的小城大业\n"
        "2018年9月，临泉县建成厂房12万平方米，昨天又签约项目8个，全县投资增长12%。"
    )
    rows = tables(page)["observations"]
    assert rows
    assert all(row["nature"] == "actual" for row in rows)
    assert not any(row["time_period"] and row["time_period"].startswith("2018-12") for row in rows)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("宝鸡高新技术产业开发区", "profile"),
        ("领导调研宝鸡高新技术产业开发区", "news"),
        ("代表热议政府工作报告", "news"),
        ("某县政府工作报告（摘要）——2024年1月9日在某县第十八届人民代表大会第三次会议上", "work_report"),
        ("某县政府工作报告审议——在某县第十八届人民代表大会第三次会议上", "news"),
        ("某县人民政府关于印发某县数字经济发展规划的通知", "plan"),
        ("在全县经济工作会议上的讲话（摘要）", "speech"),
        ("关于某县2021年国民经济和社会发展计划执行情况的报告", "communique"),
    ],
)
def test_a_title_tells_the_kind(title: str, expected: str) -> None:
    assert document_type(title, PROSE.format(rank="县"), None) == expected


@pytest.mark.parametrize(
    ("code", "year", "expected"),
    [
        ("410783", 2016, "410728"),
        ("410783", 2019, "410783"),
        ("410783", None, "410783"),
        ("320583", 1990, "320583"),
    ],
)
def test_a_code_in_a_year(code: str, year: int | None, expected: str) -> None:
    assert code_in(code, year) == expected


def test_offices_are_offices_of_the_place_itself() -> None:
    known = Gazetteer.empty()
    assert office_place(["版权所有：绵阳市统计局 技术支持：绵阳市信息中心"], known) == "510700"
    assert office_place([None, "绵阳市商业银行", "绵阳日报"], known) is None


def test_the_leader_of_a_title() -> None:
    counts = Counter({"320583": 4, "330782": 3})
    assert leader(["320583", "330782"], counts, "市") is None
    assert leader(["320583", "330782"], Counter({"320583": 9, "330782": 3}), "市") == "320583"
    assert leader(["131022", "110115"], Counter({"131022": 2, "110115": 3}), "县") == "131022"


def test_a_paper_speaks_for_its_place_only_where_no_other_of_its_rank_is_named() -> None:
    assert paper_place(["余杭日报"], "区", Counter()) == "330110"
    assert paper_place(["余杭日报"], "区", Counter({"330106": 1})) is None
    assert paper_place(["余杭日报"], None, Counter()) is None
    assert paper_place(["余杭旅游集团"], "区", Counter()) is None


def test_the_sentence_that_introduces_a_place() -> None:
    known = gazetteer([("清镇市位于贵州省中部。", 1)])
    assert introduced_place("清镇市位于贵州省中部。", known) == "520181"
    assert introduced_place("清镇市投资增长8%。", known) is None


def test_numbers_in_what_a_group_is_called_are_names() -> None:
    ledger = read_facts("2022年山区26县地区生产总值7404亿元，五县市地区生产总值增长8%。").number_ledger
    assert [(row["text"], row["disposition"]) for row in ledger if row["disposition"] != "observation"] == [
        ("2022", "date"),
        ("26", "name"),
        ("五", "name"),
    ]


def test_the_number_of_a_character_reference_is_no_number_of_the_document() -> None:
    """&#37; is a percent sign, and its 37 nothing that was left unread; &#49; is a 1, which is."""
    ledger = read_facts("粮食增长5.8&#37;，还有&#49;个。").number_ledger
    assert [(row["text"], row["disposition"]) for row in ledger if row["text"] != "5.8"] == [
        ("37", "noise"),
        ("49", "unassigned"),
    ]


GOALS = """湖东县现代农业发展实施方案
发布时间：2025-03-02 来源：湖东县人民政府
到2027年，全县粮食产量达到30万吨。
到2035年，农业现代化基本实现，全县粮食产量达到36万吨{ends}
1. 夯实基础，新建高标准农田5万亩。
2. 做强加工，培育龙头企业20家。
"""


@pytest.mark.parametrize(
    ("ends", "due"),
    [
        # Tasks are due when the first goals are; what is to be seen at last is a vision.
        ("。", {"30": "2027", "36": "2035", "5": "2027", "20": "2027"}),
        # Behind a colon they are what the last goals consist of.
        ("，重点任务是：", {"30": "2027", "36": "2035", "5": "2035", "20": "2035"}),
    ],
)
def test_numbered_tasks_below_goals_of_two_years_are_due_in_the_first(ends: str, due: dict[str, str]) -> None:
    rows = tables(GOALS.format(ends=ends))["observations"]
    assert {row["value"]: row["time_period"] for row in rows} == due


PLAN = """湖东县国民经济和社会发展第十五个五年规划纲要
发布时间：2026-02-11 来源：湖东县人民政府
第一章 发展基础
第一节 “十四五”走过的路
地区生产总值年均增长5.3%，城乡居民收入比降至1.97。
第二章 目标任务
第二节 主要目标
到2030年，全县地区生产总值突破361亿元。
专栏1 “十五五”时期主要指标
序号
指标
2025年
2030年
属性
1
中药材种植面积（万亩）
30.5
39
预期性
2
优良天数比率（%）
83.5
≥85
约束性
3
粮食综合生产能力（亿斤）
4.2
—
约束性
第三章 重点任务
任务一：做强中药材。培育年产值亿元企业13家。
"""


def test_a_plan_tells_first_what_was_done_and_its_table_is_no_list_of_tasks() -> None:
    told = tables(PLAN)
    found = {row["value"]: (row["time_period"], row["nature"]) for row in told["observations"]}
    assert found["5.3"] == ("2021/2025", "actual")
    assert found["1.97"][1] == "actual"
    assert found["361"] == ("2030", "target")
    assert (found["30.5"], found["39"]) == (("2025", "actual"), ("2030", "target"))
    assert (found["83.5"], found["85"]) == (("2025", "actual"), ("2030", "target"))
    assert found["13"][1] == "target"
    assert not {"30.5", "83.5", "4.2"} & {row["number"] for row in told["plan_items"]}


def test_visitors_and_visited_are_told_of_in_turn() -> None:
    page = (
        "县党政代表团赴浙江义乌考察学习\n2024-03-20 10:00 来源：安溪新闻网\n"
        "3月18日，安溪县党政代表团赴义乌市考察学习。2023年，义乌市地区生产总值2055亿元，全市经营主体109万户。\n"
        "安溪县委书记在座谈时表示，要找准差距。安溪面积3057平方公里，2022年地区生产总值905亿元，财政收入37亿元。\n"
    )
    found = {row["value"]: row["ref_area"] for row in tables(page)["observations"]}
    assert found == {"2055": "330782", "109": "330782", "3057": "350524", "905": "350524", "37": "350524"}


def test_a_report_on_a_quarter_is_of_that_quarter() -> None:
    page = (
        "宁晋县一季度经济运行情况\n宁晋县统计局 2024年4月28日\n"
        "今年以来，全县经济起步平稳。一季度，全县生产总值实现95.2亿元，增长6.1%。第一产业增加值7.6亿元，增长3.0%。\n"
        "规模以上工业增加值增长8.2%，高于全市1.5个百分点，固定资产投资增长7.4%，全县上下攻坚克难，好于预期。\n"
    )
    assert {row["time_period"] for row in tables(page)["observations"]} == {"2024-01/2024-03"}


@pytest.mark.parametrize(
    ("title", "period"),
    [("上半年慈溪工业稳步回升", "2024-01/2024-06"), ("“十四五”慈溪市合作协议签订", None)],
)
def test_the_half_year_of_a_title_is_that_of_the_page_and_its_plan_is_not(title: str, period: str | None) -> None:
    page = f"2024年{title}\n" if period else f"{title}\n"
    page += "来源：慈溪日报\n发布日期：2024-08-02\n全市工业投资增长8.1%，民间投资增长6.4%。\n"
    found = tables(page)["observations"]
    assert {fact["time_period"] for fact in found if fact["unit"] == "%"} == {period}


def test_who_writes_of_a_visit_is_we() -> None:
    page = (
        "神木市党政代表团赴江阴市考察学习\n2023-05-20 10:00 来源：神木新闻\n"
        "江阴市2022年GDP4754亿元。我市2022年GDP突破2200亿元，增长4.5%，全市上下要对标先进，找准差距，奋起直追。\n"
    )
    found = {row["value"]: row["ref_area"] for row in tables(page)["observations"]}
    assert found == {"4754": "320281", "2200": "610881", "4.5": "610881"}


def test_a_guest_is_not_what_a_page_is_about() -> None:
    page = (
        "安吉县党政代表团来我县考察\n2023-05-20 10:00 来源：德清新闻网\n"
        "5月18日，安吉县党政代表团来我县考察。2022年，全县实现地区生产总值658亿元，增长4.1%，财政收入128亿元。\n"
    )
    found = {row["value"]: row["ref_area"] for row in tables(page)["observations"]}
    assert found == {"658": "330521", "4.1": "330521", "128": "330521"}


def test_a_title_that_looks_back_at_a_plan_dates_nothing_to_come() -> None:
    page = (
        "“十四五”成就巡礼\n浏阳市坚持稳中求进，2023年，全市新增规上企业126家，地区生产总值达到1725亿元。\n"
        "2022年，全市财政收入120亿元，增长6.1%，2023年末常住人口143万人，群众获得感不断增强。\n"
    )
    assert {row["nature"] for row in tables(page)["observations"]} == {"actual"}


@pytest.mark.parametrize(
    ("page", "part"),
    [
        (
            "茅台镇：2023年工作总结\n发布时间：2024-01-12  来源：仁怀市人民政府\n全年完成固定资产投资56.8亿元。",
            "茅台镇",
        ),
        (
            "小蓝经开区2023年工作总结\n发布时间：2024-01-12  来源：南昌县人民政府\n全年完成固定资产投资56.8亿元。",
            "小蓝经开区",
        ),
        (
            "园区简介\n发布时间：2024-04-02  来源：神木市人民政府\n锦界工业园区位于神木市锦界镇，规划面积136平方公里。"
            "\n2023年完成固定资产投资56.8亿元。",
            "锦界工业园区",
        ),
    ],
)
def test_a_page_about_a_part_gives_its_figures_to_the_part(page: str, part: str) -> None:
    told = [row for row in tables(page)["observations"] if row["value"] == "56.8"]
    assert [row["ref_area_name"] or row["ref_area_text"] for row in told] == [part]
