"""Person roles: who held which office when.

Here: names behind or before an office, and what the person did at an event.
Not here: events themselves (`events`), bodies without a person (`organizations`).
"""

import re
from collections.abc import Iterator, Sequence

from pipelines.extraction.blocks import OFFICE, Sentence
from pipelines.extraction.document import Document
from pipelines.extraction.facts import Row, fact_row
from pipelines.extraction.occasions import occasion, own_day, published_day
from pipelines.extraction.person_roles.credits import author_of, credit_deed, credit_sentences
from pipelines.extraction.person_roles.deeds import deed
from pipelines.extraction.person_roles.later import any_of, later_mentions
from pipelines.extraction.person_roles.seats import Seat, seat_of
from pipelines.extraction.person_roles.statements import Statement, statements

# Where the occasion is the person's own: no event of the document is meant by who wrote or edited it.
ALONE = frozenset(("author", "edited", "other"))
SPOKEN = frozenset(("work_report", "speech"))


def read_person_roles(document: Document, sentences: Sequence[Sentence], events: Sequence[Row]) -> list[Row]:
    """Rows of `person_roles`.

    Args:
        document: The document.
        sentences: Its sentences.
        events: The rows of `events`.

    Returns:
        Rows as `fact_row` makes them, in the order of the text.
    """
    return sorted(_Reader(document, events).read(sentences), key=lambda row: (row["raw_start"], row["raw_end"]))


class _Reader:
    """Keeps who is who while the sentences of one document are read."""

    def __init__(self, document: Document, events: Sequence[Row]) -> None:
        self.document = document
        self.events = events
        self.seats: dict[str, Seat] = {}
        self.told: set[tuple[str | None, ...]] = set()
        self.publisher = str(document.row.get("publisher") or "")

    def read(self, sentences: Sequence[Sentence]) -> Iterator[Row]:
        """Rows: what states an office before what only names the person again, so that the former is kept."""
        found = [(sentence, statements(sentence, ()) if sentence.cues & OFFICE else []) for sentence in sentences]
        known = frozenset(statement.name.text for _, stated in found for statement in stated)
        persons = any_of(known)
        if persons is not None:
            # a second look at a sentence whose names end where nothing shows it, but stand elsewhere
            found = [
                (sentence, stated or (statements(sentence, known) if persons.search(sentence.text) else []))
                for sentence, stated in found
            ]
        seated = [(sentence, stated, self._seats(sentence, stated)) for sentence, stated in found if stated]
        self._remember(seated)
        for sentence, stated, seats in seated:
            yield from self._rows(sentence, stated, seats)
        officers = any_of(self.seats)
        if officers is not None:
            for sentence, stated in found:
                if officers.search(sentence.text):
                    yield from self._later(sentence, stated, officers)
        for sentence in credit_sentences(self.document):
            stated = [one for one in statements(sentence, known) if one.media]
            yield from self._rows(sentence, stated, self._seats(sentence, stated))
        yield from self._author(sentences)

    def _remember(self, seated: Sequence[tuple[Sentence, Sequence[Statement], Sequence[Seat]]]) -> None:
        """The fullest words for the office of each person."""
        for _, stated, seats in seated:
            for one, seat in zip(stated, seats, strict=True):
                before = self.seats.get(one.name.text)
                if not one.media and (before is None or seat.position.endswith(before.position)):
                    self.seats[one.name.text] = seat

    def _seats(self, sentence: Sentence, stated: Sequence[Statement]) -> list[Seat]:
        """The offices of a sentence in full, in its order."""
        if not stated:
            return []
        names = [(one.name.start, one.name.end) for one in stated]
        places = [
            mention
            for mention in sentence.mentions
            if not any(start < mention.end and mention.start < end for start, end in names)
        ]
        seats: list[Seat] = []
        for index, one in enumerate(stated):
            words = "".join(sentence.text[slice(*one.position)].split())
            colleague = seats[-1] if index and stated[index - 1].group == one.group else None
            seats.append(
                seat_of(
                    words,
                    one.position,
                    places,
                    sentence.setting.known,
                    self.publisher,
                    colleague,
                    sentence.text,
                    one.group[1],
                )
            )
        return seats

    def _rows(self, sentence: Sentence, stated: Sequence[Statement], seats: Sequence[Seat]) -> Iterator[Row]:
        for one, seat in zip(stated, seats, strict=True):
            fullest = self.seats.get(one.name.text)
            if not one.media and fullest is not None and fullest.position.endswith(seat.position):
                seat = fullest
            if one.media:
                did = credit_deed(sentence.text, one)
            elif one.rule == "leader-quoted":
                did = "spoke" if "讲话" in sentence.text[one.span[1] : one.span[1] + 40] else "quoted"
            else:
                did = self._deed(sentence, one)
            row = self._row(sentence, one.name.text, seat, did, one.span, one.rule)
            if row:
                yield row

    def _deed(self, sentence: Sentence, one: Statement) -> str:
        did = deed(sentence.text, *one.group, look_back=one.rule == "name-behind-office")
        heads_page = one.group[1] >= len(sentence.text.rstrip()) and self.document.doc_type in SPOKEN
        # 河南省人民政府省长 王凯 over a report: who gives it
        return "spoke" if did in ("other", "attended") and heads_page else did

    def _later(self, sentence: Sentence, stated: Sequence[Statement], officers: re.Pattern[str]) -> Iterator[Row]:
        taken = [one.span for one in stated]
        for name, did, end in later_mentions(sentence.text, officers):
            if not any(start <= name.start < stop for start, stop in taken):
                seat = self.seats[name.text]
                row = self._row(sentence, name.text, seat, did, (name.start, end), "known-person")
                if row:
                    yield row

    def _author(self, sentences: Sequence[Sentence]) -> Iterator[Row]:
        author = self.document.row.get("author")
        for sentence in sentences:
            found = author_of(sentence, author, sentences) if "作者" in sentence.text else None
            if found is not None:
                person, position, span = found
                seat = seat_of(sentence.text[slice(*position)], position, sentence.mentions, sentence.setting.known)
                row = self._row(sentence, person, seat, "author", span, "author")
                if row:
                    yield row

    def _row(
        self, sentence: Sentence, person: str, seat: Seat, did: str, span: tuple[int, int], rule: str
    ) -> Row | None:
        block, start = sentence.block, sentence.start
        event = None
        if did not in ALONE:
            near = did == "quoted" or rule == "leader-quoted"
            event = occasion(self.document, sentence, span[0], self.events, did, near=near, home=seat.ref_area)
        name = event["name"] if event else None
        key = (person, seat.position, did, name)
        if key in self.told:
            return None
        self.told.add(key)
        day = own_day(sentence, span[0]) or (event and event["event_date"]) or published_day(self.document, block)
        return fact_row(
            self.document,
            "person_roles",
            (start + span[0], start + span[1]),
            "related" if block.section == "related" else "body",
            rule,
            sentence=self.document.written(*sentence.span),
            person=person,
            position=seat.position,
            organization=seat.organization,
            ref_area=seat.ref_area,
            role_date=day,
            role_in_event=did,
            event=name,
        )
