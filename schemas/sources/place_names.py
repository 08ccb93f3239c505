"""How a Chinese place name is shortened and spelled: rules without data of their own.

Used by ``build_places``, which knows the places; names that no rule makes stand in ``place_extras.csv``.
"""

# 旗 is not among them: people write 准格尔旗 and 正蓝旗 in full. Nor is 矿区: 井陉矿区 is not 井陉.
RANKS = (
    "特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "特区", "新区", "省", "市", "盟", "县", "区",
)  # fmt: skip
PEOPLES = (
    "蒙古族", "回族", "藏族", "维吾尔族", "苗族", "彝族", "壮族", "布依族", "朝鲜族", "满族", "侗族", "瑶族",
    "白族", "土家族", "哈尼族", "哈萨克族", "傣族", "黎族", "傈僳族", "佤族", "畲族", "拉祜族", "水族", "东乡族",
    "纳西族", "景颇族", "柯尔克孜族", "土族", "达斡尔族", "仫佬族", "羌族", "布朗族", "撒拉族", "毛南族",
    "仡佬族", "锡伯族", "阿昌族", "普米族", "塔吉克族", "怒族", "乌孜别克族", "鄂温克族", "德昂族", "保安族",
    "裕固族", "独龙族", "鄂伦春族", "各族", "维吾尔", "哈萨克", "柯尔克孜", "蒙古", "塔吉克", "锡伯",
)  # fmt: skip
# In place names these are read so, whatever pypinyin takes first; exceptions stand in place_extras.csv.
READINGS = {ord("长"): "cháng", ord("都"): "dū", ord("朝"): "cháo", ord("漯"): "luò", ord("什"): "shí", ord("勒"): "lè"}


def bare_name(name: str) -> str:
    """Take rank and peoples off a full name; a name of one character keeps its rank.

    >>> bare_name("昆山市"), bare_name("恩施土家族苗族自治州"), bare_name("宁夏回族自治区"), bare_name("赵县")
    ('昆山', '恩施', '宁夏', '赵县')
    >>> bare_name("东乡族自治县"), bare_name("阿里地区"), bare_name("梅里斯达斡尔族区"), bare_name("神农架林区")
    ('东乡', '阿里', '梅里斯', '神农架')
    >>> bare_name("浦东新区"), bare_name("西林区"), bare_name("井陉矿区"), bare_name("正蓝旗")
    ('浦东', '西林', '井陉矿区', '正蓝旗')
    """
    # 西林区 is 西林 + 区, not 西 + 林区
    rank = next((rank for rank in RANKS if name.endswith(rank) and len(name) >= len(rank) + 2), None)
    if rank is None or name.endswith("矿区"):
        return name
    stem = name.removesuffix(rank)
    # the longest, so that 土家族 is tried before 土族
    while people := max((people for people in PEOPLES if stem.endswith(people)), key=len, default=""):
        if len(stem) - len(people) < 2:
            # 东乡族自治县, 鄂温克族自治旗: the people is the name
            return stem.removesuffix("族")
        stem = stem.removesuffix(people)
    return stem


def rank_aliases(name: str, bare: str) -> tuple[str, ...]:
    """Return the middle form that people write for a long name.

    >>> rank_aliases("恩施土家族苗族自治州", "恩施"), rank_aliases("北川羌族自治县", "北川")
    (('恩施州',), ('北川县',))
    >>> rank_aliases("昆山市", "昆山")
    ()
    """
    for rank, short in (("自治州", "州"), ("自治县", "县"), ("自治旗", "旗")):
        if name.endswith(rank) and name != bare + short:
            return (bare + short,)
    return ()


def pinyin(name: str) -> str:
    """Spell a name in lower case without tones and spaces (ü as v), as the registry keeps it."""
    # only needed to build the file, not to run the project
    from pypinyin import lazy_pinyin, load_single_dict

    load_single_dict(READINGS)
    return "".join(lazy_pinyin(name)).replace("ü", "v")
