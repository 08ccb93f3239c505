"""What Chinese text looks like: common characters, everyday characters, traces of a wrong decoding.

Belongs here: counting characters and judging the counts. Does not belong here: which encodings are tried
(`encodings.py`).
"""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache


def _level_one(codec: str, leads: range, trails: tuple[range, ...]) -> frozenset[str]:
    """The characters that a national standard put on its first level because they are common."""
    codes = (bytes([lead, trail]) for lead in leads for part in trails for trail in part)
    return frozenset("".join(code.decode(codec, errors="ignore") for code in codes))


@lru_cache(maxsize=1)
def common_characters() -> frozenset[str]:
    """First-level characters of GB 2312 (3,755 simplified) and of Big5 (5,401 traditional)."""
    simplified = _level_one("gb2312", range(0xB0, 0xD8), (range(0xA1, 0xFF),))
    traditional = _level_one("big5", range(0xA4, 0xC7), (range(0x40, 0x7F), range(0xA1, 0xFF)))
    return simplified | traditional


# Characters that fill most of any prose, and of the prose of counties and statistics in particular; then the
# traditional forms of those that have another. Text in the wrong encoding holds common characters by chance, but hardly
# ever these.
EVERYDAY = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动"
    "面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问最重并物手应战向头文"
    "体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别"
    "打四数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设"
    "式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔省县乡镇村亿元千百六七八九零增值收农林牧渔商投消费财税支城居"
    "企技创济户口岁就医养险环境绿污林森旅游项目园港铁车路桥电网信息研究党委书记府局厅办议届次章节总分部署落实推深化改革放革优服务质效率提升完善健康育文"
    "历史位于面积气候温雨河湖江源矿煤油粮棉肉蛋奶鱼果茶药布钢水泥汽机器设备软件集群产业链供给需求贸易进出口外资台湾香澳门京津沪苏浙闽粤川渝陕甘宁青新藏"
    "們個來這為國說時會對過發後於經現動當開無從長機實軍與應頭戰體見產內給門報認結點題進義變處氣電數條總區關間設據問學業將兩場並員論讓觀運導爭識領術規傳師"
    "類邊該張達權難許強統隊決馬書則聽樂華東車風飛廣歲萬億縣鄉鎮漁農稅財費創濟戶醫養險環綠汙遊項園鐵橋網研黨記廳辦議節優質歷積溫灣礦糧魚藥鋼備軟鏈貿資臺澳滬蘇閩陝寧"
)

_HAN = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFD))
# Marks of Chinese typesetting. A wrong decoding turns them into rare characters.
_PUNCTUATION = frozenset("，。、；：！？（）“”‘’《》〈〉「」『』【】—…·％．\u3000")
# Letters and drawings that Chinese documents hold few of and wrong decodings many: Latin with accents, Cyrillic, kana,
# Hangul, ….
_ODD = ((0x00C0, 0x02AF), (0x0370, 0x1CFF), (0x2500, 0x25FF), (0x3040, 0x318F), (0xAC00, 0xD7A3), (0xFF61, 0xFFDC))
# Bytes of UTF-8's replacement character read as GBK, and what debuggers fill memory with.
MOJIBAKE = ("锟斤拷", "烫烫烫", "屯屯屯")

# Prose has 0.99 common characters and 0.6 to 0.8 everyday ones, lists of places or of personal names at least 0.6 and
# 0.15; wrong decodings 0.3 to 0.6 and 0.01 to 0.05. One share alone condemns only where it is lower still.
MIN_COMMON, MIN_EVERYDAY = 0.85, 0.12
LEAST_COMMON, LEAST_EVERYDAY = 0.5, 0.02
# With fewer Chinese characters than this, shares mean nothing.
ENOUGH = 20
MAX_LOST = 0.01


@dataclass(frozen=True, slots=True)
class Profile:
    """How many characters of each sort a text has.

    Attributes:
        total: all characters but white space.
        han: Chinese characters.
        common: those on the first level of a national standard.
        everyday: those that fill prose.
        punctuation: Chinese punctuation marks.
        odd: letters of other scripts beyond ASCII.
        lost: replacement characters, private-use characters and mojibake.
    """

    total: int
    han: int
    common: int
    everyday: int
    punctuation: int
    odd: int
    lost: int

    @property
    def score(self) -> float:
        """How much this reads like Chinese, to compare decodings of the same bytes; at most 1."""
        rare = self.han - self.common
        counted = self.han + self.punctuation + self.odd + self.lost
        return (
            self.everyday + 0.4 * (self.common - self.everyday) + self.punctuation - rare - self.odd - self.lost
        ) / max(counted, 1)

    def fault(self) -> str | None:
        """Why this cannot be Chinese text as its author wrote it, in words; None when it can."""
        if self.lost > MAX_LOST * self.total:
            return f"{self.lost} of its {self.total} characters are lost or replaced (U+FFFD, private use, 锟斤拷)"
        if self.han == 0:
            return "it holds no Chinese character"
        if self.odd > self.han:
            return f"it holds {self.odd} letters of other scripts beside {self.han} Chinese characters"
        if self.han < ENOUGH:
            return None
        common, everyday = self.common / self.han, self.everyday / self.han
        if common < LEAST_COMMON or (common < MIN_COMMON and everyday < MIN_EVERYDAY):
            return f"{self.han - self.common} of its {self.han} characters are rare ones, as after a wrong decoding"
        if everyday < LEAST_EVERYDAY:
            return f"only {self.everyday} of its {self.han} characters are everyday ones, as after a wrong decoding"
        return None


def profile(text: str) -> Profile:
    """Count the characters of a text by sort."""
    common = common_characters()
    counts = dict.fromkeys(("total", "han", "common", "everyday", "punctuation", "odd", "lost"), 0)
    for character, count in Counter(text).items():
        if character.isspace() or character == "\ufeff":
            continue
        counts["total"] += count
        code = ord(character)
        if code < 0x80:
            continue
        if character in _PUNCTUATION:
            counts["punctuation"] += count
        elif _within(code, _HAN):
            counts["han"] += count
            counts["common"] += count * (character in common)
            counts["everyday"] += count * (character in EVERYDAY)
        elif character == "\ufffd" or _within(code, _PRIVATE):
            counts["lost"] += count
        elif _within(code, _ODD):
            counts["odd"] += count
    counts["lost"] += sum(len(trace) * text.count(trace) for trace in MOJIBAKE)
    return Profile(**counts)


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)
