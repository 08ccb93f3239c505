"""The words that generated documents are put together from; how they are is in `documents.py`.

Every sentence of this module was written for it. A figure is in the words of `FIGURES`; the other sentences
hold none, or the few numbers that such pages have in passing.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A number that is told of a place.

    Attributes:
        name: as documents call it.
        unit: as written behind the value.
        share: the value, as a multiple of the gross domestic product in 亿元; 0 for a rate, which has its own range.
        lowest: smallest value of a rate, or of the growth of a level.
        highest: largest value of it.
        decimals: decimals of the value.
    """

    name: str
    unit: str
    share: float
    lowest: float
    highest: float
    decimals: int = 2


FIGURES = (
    Figure("地区生产总值", "亿元", 1.0, 2.1, 8.9),
    Figure("第一产业增加值", "亿元", 0.11, 1.5, 5.2),
    Figure("第二产业增加值", "亿元", 0.43, 1.0, 9.5),
    Figure("第三产业增加值", "亿元", 0.46, 2.0, 9.0),
    Figure("一般公共预算收入", "亿元", 0.07, -4.0, 12.0),
    Figure("一般公共预算支出", "亿元", 0.16, -3.0, 9.0),
    Figure("社会消费品零售总额", "亿元", 0.38, -2.0, 12.5),
    Figure("进出口总额", "亿元", 0.21, -9.0, 19.0),
    Figure("实际使用外资", "万美元", 9.0, -15.0, 20.0, 0),
    Figure("年末金融机构各项存款余额", "亿元", 1.3, 3.0, 14.0),
    Figure("年末金融机构各项贷款余额", "亿元", 0.95, 4.0, 16.0),
    Figure("粮食总产量", "万吨", 0.09, -2.0, 4.0, 1),
    Figure("旅游总收入", "亿元", 0.12, -8.0, 25.0),
    Figure("接待游客", "万人次", 1.6, -8.0, 25.0, 1),
    Figure("常住人口", "万人", 0.13, -1.0, 1.0, 1),
    Figure("城镇居民人均可支配收入", "元", 88.0, 3.0, 8.0, 0),
    Figure("农村居民人均可支配收入", "元", 45.0, 4.0, 10.0, 0),
    Figure("规模以上工业企业", "家", 0.5, 1.0, 9.0, 0),
    Figure("高新技术企业", "家", 0.24, 3.0, 20.0, 0),
    Figure("城镇新增就业", "人", 12.0, -3.0, 6.0, 0),
    Figure("专利授权量", "件", 2.4, -9.0, 30.0, 0),
    Figure("公路通车里程", "公里", 7.5, 0.2, 3.0, 0),
)
RATES = (
    Figure("常住人口城镇化率", "%", 0, 38.0, 76.0),
    Figure("森林覆盖率", "%", 0, 12.0, 71.0, 1),
    Figure("城镇登记失业率", "%", 0, 1.9, 4.2),
    Figure("空气质量优良天数比例", "%", 0, 78.0, 99.0, 1),
    Figure("研发经费投入强度", "%", 0, 0.6, 3.9),
)

# Sentences with a figure: its name, its value with the unit, and its growth.
STATED = (
    "{year}年，{place}实现{name}{value}，比上年增长{growth}%。",
    "全年{name}达到{value}，同比增长{growth}%。",
    "{place}{name}为{value}，按可比口径计算增长{growth}%，增速比上年有所{tone}。",
    "初步核算，{year}年全{kind}{name}{value}，增长{growth}%。",
    "{name}{value}，较上年增长{growth}%，为{thing}打下了底子。",
    "从主要指标看，{name}完成{value}，增长{growth}%，{part}贡献突出。",
    "截至{year}年底，{name}{value}，增幅{growth}%。",
)
FALLEN = (
    "{year}年，{place}{name}{value}，比上年下降{growth}%。",
    "受{reason}影响，{name}为{value}，同比下降{growth}%。",
)
RATED = (
    "{year}年末，全{kind}{name}{value}，比上年提高{points}个百分点。",
    "{name}为{value}，{work}继续向好。",
    "{name}稳定在{value}左右。",
)
AIMED = (
    "到{goal}年，{name}力争突破{value}。",
    "今年的预期目标是：{name}增长{growth}%左右，{name2}增长{growth2}%以上。",
    "{goal}年，{name}达到{value}，年均增长{growth}%。",
)
COUNTED = (
    "全年实施{thing}项目{count}个，完成年度计划的{percent}%。",
    "新建改建{facility}{count}处，惠及群众{people}万人。",
    "向{part}企业选派干部{count}名，办结群众诉求{count2}件。",
    "累计培育{part}领域新型经营主体{count}家，带动农户{count2}户。",
    "拨付{thing}专项资金{money}万元，比原计划多{money2}万元。",
    "{place}连续{years}年获评{honour}，位列全省第{rank}位。",
    "招引{part}企业{count}家，其中投资超{money3}亿元的{few}家。",
)
PLAIN = (
    "{when}，{who}把{work}放在更加突出的位置，推动{thing}与{part}相互促进。",
    "{who}认为，{thing}要立得住，关键在于{part}有特色、{work}有章法。",
    "在{town}，{part}从业者说，{change}让大家对往后的日子更有底气。",
    "围绕{thing}，{who}坚持{manner}，注重{manner2}，让{work}落到实处。",
    "{change}的背后，是{who}多年来在{part}上的默默耕耘。",
    "{when}，{town}的{facility}里格外繁忙，{part}的订单排到了来年。",
    "接下来，{who}将以{thing}为抓手，补齐{part}短板，把{work}做得更细更实。",
    "要处理好{part}和{part2}的关系，既不能急于求成，也不能等靠要。",
    "{who}走进{town}，就{work}听取基层干部和群众的意见。",
    "作为{honour}的所在地，{place}在{part}方面积累了不少可以借鉴的做法。",
    "有群众反映，{facility}离家近了，办事也不再来回跑，{work}看得见摸得着。",
    "与此同时，{part}还面临{trouble}等难题，需要在{work}中逐步解决。",
    "会议指出，{thing}不会立竿见影，要{manner}，更要{manner2}。",
    "{town}因地制宜，走出了{part}与{part2}融合的路子，{change}。",
)

SLOTS: dict[str, tuple[str, ...]] = {
    "when": ("去年以来", "近些年", "开春之后", "入夏以来", "换季之后", "换届以来", "秋收时节", "项目落地之后"),
    "who": (
        "县里的主要负责同志",
        "发改部门",
        "农业农村部门",
        "工信系统的干部",
        "各乡镇街道",
        "县委县政府",
        "市直有关单位",
        "驻村工作队",
        "园区管委会",
        "商务和文旅部门",
        "基层党组织",
        "财政部门",
    ),
    "work": (
        "营商环境建设",
        "基层治理",
        "就业帮扶",
        "人居环境整治",
        "河湖管护",
        "项目服务",
        "困难群众救助",
        "招商引资",
        "安全生产",
        "校舍改造",
        "医共体建设",
        "耕地保护",
        "土地整理",
        "节能降碳",
    ),
    "thing": (
        "乡村全面振兴",
        "工业强县",
        "产城融合",
        "县域商业体系",
        "数字化转型",
        "交通先行",
        "城乡融合发展",
        "生态修复",
        "传统产业升级",
        "文旅融合",
        "新型城镇化",
        "公共服务均等化",
        "水网建设",
        "新能源布局",
    ),
    "part": (
        "特色种植",
        "装备制造",
        "电子信息",
        "农产品加工",
        "家居建材",
        "食用菌",
        "山地养殖",
        "仓储物流",
        "民宿经济",
        "纺织服装",
        "生物医药",
        "现代种业",
        "光伏组件",
        "陶瓷",
        "茶产业",
        "水产养殖",
    ),
    "facility": (
        "便民服务站",
        "农村公路",
        "卫生室",
        "健身广场",
        "标准厂房",
        "冷链仓库",
        "充电站",
        "文化礼堂",
        "幼儿园",
        "养老驿站",
        "污水处理站",
        "电商服务点",
    ),
    "town": (
        "城关镇",
        "河口乡",
        "东山街道",
        "石桥镇",
        "新店镇",
        "龙潭乡",
        "白沙镇",
        "柳林镇",
        "双溪乡",
        "大湾镇",
        "南门街道",
        "青龙镇",
    ),
    "change": (
        "家门口就能就业",
        "老街换了模样",
        "水更清了、岸更绿了",
        "土特产卖出了好价钱",
        "工厂开进了山窝窝",
        "办证时间大为缩短",
        "孩子们搬进了新教室",
        "撂荒地重新种上了庄稼",
        "废弃矿坑变成了公园",
        "产业链条越拉越长",
    ),
    "manner": (
        "先易后难",
        "因地施策",
        "上下联动",
        "以点带面",
        "量力而行",
        "问计于民",
        "清单管理",
        "专班推进",
        "数据说话",
        "循序渐进",
    ),
    "manner2": (
        "久久为功",
        "留有余地",
        "守住底线",
        "全程留痕",
        "群众参与",
        "跟踪问效",
        "补齐短板",
        "防患未然",
        "开门纳谏",
        "奖惩分明",
    ),
    "trouble": (
        "人才外流",
        "用地紧张",
        "链条偏短",
        "品牌不响",
        "融资不便",
        "用工短缺",
        "基础设施老化",
        "市场波动较大",
        "技术储备不足",
        "运输成本偏高",
    ),
    "reason": ("连续阴雨", "外需走弱", "原料涨价", "减税降费", "检修停产", "疫情反复"),
    "tone": ("加快", "回落", "提高", "放缓"),
    "honour": ("全国文明城市", "国家生态文明建设示范区", "省级平安县", "全国县域商业领跑县", "省级园林城市"),
}

TASKS = (
    "壮大{part}产业集群",
    "推进{thing}",
    "加强{work}",
    "建好{facility}",
    "提升{part}竞争力",
    "深化{work}改革",
    "办好{thing}示范工程",
)
HEADINGS = ("综合", "农业", "工业和建筑业", "固定资产投资", "国内贸易", "财政和金融", "教育和科技", "人口和人民生活")
MEDIA = ("融媒体中心", "人民政府网", "日报", "新闻网", "发布", "统计局")
TITLES = {
    "news": ("{place}：{thing}蹚出新路子", "{place}{part}迈出新步伐", "{thing}看{place}", "{place}经济运行稳中有进"),
    "communique": ("{place}{year}年国民经济和社会发展统计公报",),
    "report": ("{place}{next_year}年政府工作报告",),
    "plan": ("{place}{thing}三年行动方案（{next_year}—{goal}年）", "{place}推进{part}产业发展实施意见"),
    "article": ("以{thing}引领{place}高质量发展", "在{thing}中展现{place}担当"),
    "profile": ("{place}概况", "走进{place}"),
    "roundup": ("{year}年全省县域经济十强出炉", "{year}年{part}强县榜单公布"),
    "page": ("{place}晒出{year}年成绩单", "{place}{year}年主要经济指标"),
}
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN_NAMES = ("建国", "志强", "晓明", "海燕", "立新", "文斌", "春华", "永平", "国庆", "丽娟", "德胜", "思远")
