"""Documents as counties publish them, made up from a seed: for measuring what many documents cost.

    python -m benchmarks.documents FOLDER [--count 20000] [--seed 2026] [--first 0]

Belongs here: putting documents together. Does not belong here: the words (`document_words.py`), or measuring anything.

Eight styles (news, communiqué, work report, plan, article, profile, round-up of a ranking, HTML page), all counties of
the registry, the years from 2012 to 2025. A document has about 4.5 kB of UTF-8 and 24 numbers. What is told of a place
and a year is the same in all documents, and one in thirty is the page of another one with a sentence less.
A document depends on its number and the seed alone, so that the first thousand are the same in any count.
"""

import argparse
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from benchmarks.document_words import (
    AIMED,
    COUNTED,
    FALLEN,
    FIGURES,
    GIVEN_NAMES,
    HEADINGS,
    MEDIA,
    PLAIN,
    RATED,
    RATES,
    SLOTS,
    STATED,
    SURNAMES,
    TASKS,
    TITLES,
    Figure,
)
from schemas.registry import load_registry

SEED = 2026
YEARS = (2012, 2025)
# One document in so many is the copy of another one, that of ten before.
COPY_EVERY = 30
COPY_OF = 10
STYLES = ("news", "news", "page", "communique", "report", "plan", "article", "profile", "roundup", "page")
NUMERALS = "一二三四五六七八九十"


@cache
def places() -> tuple[tuple[str, str], ...]:
    """Code and name of every county and city that exists."""
    found = load_registry().places.values()
    return tuple((place.code, place.name) for place in found if place.level == "county" and place.valid_to is None)


class Page:
    """What one document tells: a place, a year, and sentences about them."""

    def __init__(self, number: int, seed: int) -> None:
        self.chance = Random(f"{seed} {number}")
        self.style = STYLES[number % len(STYLES)]
        self.code, self.place = self.chance.choice(places())
        self.year = self.chance.randint(*YEARS)
        self.goal = self.year + self.chance.randint(2, 5)

    def fill(self, words: str, **given: str) -> str:
        """A sentence with its gaps filled."""
        chance = self.chance
        fixed = {
            "place": self.place,
            "kind": self.place[-1],
            "year": str(self.year),
            "next_year": str(self.year + 1),
            "goal": str(self.goal),
            "count": str(chance.randint(2, 96)),
            "count2": str(chance.randint(110, 3900)),
            "few": str(chance.randint(1, 9)),
            "people": f"{chance.uniform(0.3, 9):.1f}",
            "percent": f"{chance.uniform(71, 128):.1f}",
            "points": f"{chance.uniform(0.1, 1.9):.1f}",
            "money": str(chance.randint(120, 9800)),
            "money2": str(chance.randint(10, 900)),
            "money3": str(chance.choice((1, 5, 10, 20))),
            "years": str(chance.randint(2, 9)),
            "rank": str(chance.randint(1, 60)),
        }
        chosen = {name: chance.choice(choices) for name, choices in SLOTS.items()}
        chosen["part"], chosen["part2"] = chance.sample(SLOTS["part"], 2)
        return words.format_map(chosen | fixed | given)

    def figure(self) -> str:
        """A sentence that states a figure with its growth."""
        figure = self.chance.choice(FIGURES)
        value, growth = stated(self.code, self.year, figure)
        sentences = STATED if growth >= 0 else FALLEN
        given = {"name": figure.name, "value": value, "growth": f"{abs(growth):.1f}"}
        return self.fill(self.chance.choice(sentences), **given)

    def rate(self) -> str:
        """A sentence that states a rate."""
        rate = self.chance.choice(RATES)
        value = of_the_world(self.code, self.year, rate.name).uniform(rate.lowest, rate.highest)
        return self.fill(self.chance.choice(RATED), name=rate.name, value=f"{value:.{rate.decimals}f}%")

    def aim(self) -> str:
        """A sentence that states a target."""
        one, other = self.chance.sample(FIGURES, 2)
        level = float(stated(self.code, self.year, one)[0].removesuffix(one.unit))
        value = f"{level * 1.06 ** (self.goal - self.year):.0f}{one.unit}"
        growths = {name: f"{self.chance.uniform(4, 9):.1f}" for name in ("growth", "growth2")}
        return self.fill(self.chance.choice(AIMED), name=one.name, name2=other.name, value=value, **growths)

    def paragraph(self, numbers: int, plain: int) -> str:
        """Sentences with and without numbers, in any order."""
        told = [self.chance.choice((self.figure, self.figure, self.rate, self.counted))() for _ in range(numbers)]
        told += [self.plain() for _ in range(plain)]
        self.chance.shuffle(told)
        return "".join(told)

    def counted(self) -> str:
        """A sentence that counts something."""
        return self.fill(self.chance.choice(COUNTED))

    def plain(self) -> str:
        """A sentence without figures."""
        return self.fill(self.chance.choice(PLAIN))

    def person(self) -> str:
        """A name."""
        return self.chance.choice(SURNAMES) + self.chance.choice(GIVEN_NAMES)

    def title(self) -> str:
        """The title, of the style."""
        return self.fill(self.chance.choice(TITLES[self.style]))

    def day(self) -> str:
        """A day of the year after, when it is told."""
        return f"{self.year + 1}-{self.chance.randint(1, 12):02d}-{self.chance.randint(1, 28):02d}"

    def source(self) -> str:
        """Who published it."""
        return self.place + self.chance.choice(MEDIA)


def of_the_world(code: str, year: int, name: str) -> Random:
    """Chances that are the same for whoever tells this of this place and year."""
    return Random(f"{code} {year} {name}")


@cache
def product(code: str) -> float:
    """Gross domestic product of a place in the first year, 亿元."""
    return Random(code).lognormvariate(5.2, 0.8)


def stated(code: str, year: int, figure: Figure) -> tuple[str, float]:
    """The value of a figure with its unit, and its growth in per cent."""
    growth = of_the_world(code, year, figure.name).uniform(figure.lowest, figure.highest)
    mean = 1 + (figure.lowest + figure.highest) / 200
    value = product(code) * figure.share * mean ** (year - YEARS[0]) * (1 + growth / 100)
    return f"{value:.{figure.decimals}f}{figure.unit}", growth


def news(page: Page) -> list[str]:
    """A page of news: byline, paragraphs, who wrote it."""
    lines = [page.title(), f"发布时间：{page.day()} 10:{page.chance.randint(10, 59)} 来源：{page.source()}"]
    lines += [page.paragraph(1 + (number == 0), 7) for number in range(5)]
    return [*lines, f"（记者 {page.person()} 通讯员 {page.person()}）"]


def communique(page: Page) -> list[str]:
    """A statistical communiqué: chapters, dense with figures."""
    lines = [page.title(), page.source(), f"（{page.year + 1}年3月{page.chance.randint(1, 28)}日）"]
    for number, heading in enumerate(page.chance.sample(HEADINGS, 5)):
        lines += [f"{NUMERALS[number]}、{heading}", page.paragraph(1 + number % 2, 7)]
    return [*lines, "注：本公报部分数据为初步统计数。"]


def report(page: Page) -> list[str]:
    """A work report: what was done, what is aimed at, the tasks."""
    lines = [page.title(), f"——{page.year + 1}年1月{page.chance.randint(5, 28)}日在{page.place}人民代表大会上"]
    lines += [f"{page.place}代县长 {page.person()}", "各位代表：", f"一、{page.year}年工作回顾"]
    lines += [page.paragraph(2, 6), page.paragraph(2, 6), f"二、{page.year + 1}年主要目标", page.aim() + page.aim()]
    lines += ["三、重点任务"]
    for number, task in enumerate(TASKS[:4]):
        lines += [f"（{NUMERALS[number]}）{page.fill(task)}。{page.paragraph(0, 4)}"]
    return [*lines, page.paragraph(1, 4)]


def plan(page: Page) -> list[str]:
    """A plan: goals and numbered tasks with deadlines."""
    lines = [page.title(), f"{page.place[:2]}政发〔{page.year + 1}〕{page.chance.randint(1, 60)}号", "一、总体目标"]
    lines += [page.aim() + page.paragraph(0, 3) + page.aim(), "二、重点任务"]
    for number, task in enumerate(page.chance.sample(TASKS, 5)):
        lines += [f"（{NUMERALS[number]}）{page.fill(task)}"]
        lines += [f"{item}．{page.paragraph(0, 3)}{page.counted() if item == 1 else page.plain()}" for item in (1, 2)]
    return [*lines, "三、保障措施", page.paragraph(0, 4)]


def article(page: Page) -> list[str]:
    """An article by a secretary: many words, few figures."""
    lines = [page.title(), f"中共{page.place}委书记 {page.person()}", f"{page.day()} 来源：{page.source()}"]
    return lines + [page.paragraph(1, 6) for _ in range(7)]


def profile(page: Page) -> list[str]:
    """What a place is, as its own site tells it, in Markdown."""
    lines = [f"# {page.title()}", f"{page.place}辖{page.chance.randint(5, 22)}个乡镇，{page.plain()}"]
    for heading in page.chance.sample(HEADINGS, 4):
        lines += [f"## {heading}", page.paragraph(2, 8)]
    return lines


def roundup(page: Page) -> list[str]:
    """Who stands where in a list, then words about it."""
    lines = [page.title(), f"{page.day()} 来源：{page.source()}", page.plain()]
    ranked = sorted(page.chance.sample(places(), 5), key=lambda place: product(place[0]), reverse=True)
    for rank, (code, name) in enumerate(ranked, 1):
        value, growth = stated(code, page.year, FIGURES[0])
        told = f"{page.year}年地区生产总值{value}，增长{growth:.1f}%。{page.paragraph(0, 4)}"
        lines.append(f"第{rank}名：{name}，{told}")
    return [*lines, page.paragraph(1, 7), page.paragraph(1, 7)]


def html(page: Page) -> list[str]:
    """A page of a site with its furniture and a table."""
    title = page.title()
    rows = ["<tr><th>指标</th><th>数值</th><th>增长（%）</th></tr>"]
    for figure in page.chance.sample(FIGURES, 2):
        value, growth = stated(page.code, page.year, figure)
        number = value.removesuffix(figure.unit)
        rows.append(f"<tr><td>{figure.name}（{figure.unit}）</td><td>{number}</td><td>{growth:.1f}</td></tr>")
    words = [f"<p>　　{page.paragraph(1, 8)}</p>" for _ in range(4)]
    head = f'<head><meta charset="utf-8"><title>{title}_{page.source()}</title>'
    head += f'<meta name="PubDate" content="{page.day()} 09:30"></head>'
    return [
        f"<!DOCTYPE html>\n<html>{head}",
        '<body><div class="nav"><a href="/">首页</a> &gt; <a href="/xw/">要闻</a> &gt; 正文</div>',
        f"<h1>{title}</h1><div>来源：{page.source()} 时间：{page.day()}</div>",
        *words,
        f"<table>{''.join(rows)}</table>",
        '<div class="footer"><a href="/about">关于我们</a> 版权所有 网站标识码</div></body></html>',
    ]


WRITERS = {
    "news": news,
    "page": html,
    "communique": communique,
    "report": report,
    "plan": plan,
    "article": article,
    "profile": profile,
    "roundup": roundup,
}
ENDINGS = {"page": ".html", "profile": ".md"}


def document(number: int, seed: int = SEED) -> tuple[str, str]:
    """File name and text of a document."""
    copied = number % COPY_EVERY == COPY_EVERY - 1
    page = Page(number - COPY_OF if copied else number, seed)
    lines = WRITERS[page.style](page)
    if copied:
        longest = max(range(len(lines)), key=lambda index: len(lines[index]))
        opening, _, rest = lines[longest].partition("。")
        lines[longest] = rest if "<" not in opening else lines[longest].replace("。", "；", 1)
    name = f"{page.code}-{page.style}-{number:06d}{ENDINGS.get(page.style, '.txt')}"
    return name, "\n".join(lines) + "\n"


def documents(count: int, seed: int = SEED, first: int = 0) -> Iterator[tuple[str, str]]:
    """File names and texts of so many documents."""
    return (document(number, seed) for number in range(first, first + count))


def write(folder: Path, count: int, seed: int = SEED, first: int = 0) -> int:
    """Write documents, a thousand to a sub-folder; returns how many bytes."""
    written = 0
    for number, (name, text) in enumerate(documents(count, seed, first), first):
        path = folder / f"{number // 1000:03d}" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        written += path.write_bytes(text.encode())
    return written


def main() -> None:
    """Write documents to a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--first", type=int, default=0, help="number of the first document")
    arguments = parser.parse_args()
    written = write(arguments.folder, arguments.count, arguments.seed, arguments.first)
    print(f"{arguments.count} documents, {written / 1e6:.1f} MB, in {arguments.folder}")


if __name__ == "__main__":
    main()
