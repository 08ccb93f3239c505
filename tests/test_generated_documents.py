"""Documents made up for measuring: the same every time, of the size of real ones, places and years mixed."""

from itertools import islice

from benchmarks.documents import COPY_EVERY, COPY_OF, STYLES, document, documents

COUNT = 300


def test_a_document_depends_on_its_number_and_the_seed_alone() -> None:
    made = list(documents(COUNT))
    assert made == list(documents(COUNT))
    assert list(islice(documents(COUNT, first=100), 50)) == made[100:150]
    assert document(5, seed=1) != document(5, seed=2)
    assert len({name for name, _ in made}) == len({text for _, text in made}) == COUNT


def test_documents_are_as_long_as_pages_are() -> None:
    texts = [text.encode() for _, text in documents(COUNT)]
    assert 4_200 < sum(map(len, texts)) / COUNT < 4_900


def test_all_styles_and_many_places_are_there() -> None:
    names = [name.split("-") for name, _ in documents(COUNT)]
    assert {style for _, style, _ in names} == set(STYLES)
    assert len({place for place, *_ in names}) > 0.8 * COUNT


def test_a_copy_has_nearly_all_sentences_of_what_it_copies() -> None:
    number = COPY_EVERY - 1
    original, copy = (set(document(n)[1].split("。")) for n in (number - COPY_OF, number))
    assert original != copy
    assert len(original & copy) > 0.8 * len(original)
