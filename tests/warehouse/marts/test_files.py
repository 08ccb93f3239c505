"""A file is read as a mart with its comments, and one of another form is refused."""

from pathlib import Path

import pytest

from tests.warehouse.marts.views import views
from warehouse.marts import MartError, read_mart, read_marts


def test_every_column_of_every_mart_is_described() -> None:
    connection = views()
    for mart in read_marts():
        described = connection.execute(f"DESCRIBE {mart.full_name}").fetchall()
        assert [column[0] for column in described] == list(mart.columns), mart.name


def test_a_mart_comes_after_those_that_it_builds_on(tmp_path: Path) -> None:
    header = "-- What it is.\n--\n-- n: A number.\n"
    (tmp_path / "a.sql").write_text(f"{header}CREATE VIEW marts.a AS SELECT n FROM marts.b;\n")
    (tmp_path / "b.sql").write_text(f"{header}--   It goes on.\nCREATE TABLE marts.b AS SELECT 1 AS n;\n")
    marts = read_marts(tmp_path)
    assert [mart.name for mart in marts] == ["b", "a"]
    assert marts[0].columns == {"n": "A number. It goes on."}
    assert marts[0].statement == "CREATE TABLE marts.b AS SELECT 1 AS n"
    assert [mart.comments()[0] for mart in marts] == [
        "COMMENT ON TABLE marts.b IS 'What it is.'",
        "COMMENT ON VIEW marts.a IS 'What it is.'",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "CREATE VIEW marts.a AS SELECT 1 AS n",
        "-- What it is.\nCREATE VIEW marts.a AS SELECT 1 AS n",
        "-- What it is.\n--\n-- n: A number.\nCREATE VIEW marts.other AS SELECT 1 AS n",
        "-- What it is.\n--\n-- n: A number.\nDROP TABLE main.observations",
    ],
    ids=["no header", "no columns", "another name", "another statement"],
)
def test_a_file_of_another_form_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.sql").write_text(text)
    with pytest.raises(MartError, match=r"a\.sql"):
        read_mart(tmp_path / "a.sql")
