"""The ``.toml`` beside a filing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.golden.disclosed import NAMES, facts_of, path_of

from fiscograph.errors import FilingError
from fiscograph.filings import read_declaration


def declared(folder: Path, text: str | bytes) -> Path:
    beside = folder / "x.toml"
    beside.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder / "x.txt"


@pytest.mark.parametrize("name", NAMES)
def test_the_five_declare_the_id_that_is_read(name: str) -> None:
    declaration = read_declaration(path_of(name))
    assert declaration is not None
    assert declaration.id == facts_of(name).filing.id
    assert {key for key, _ in declaration.origin} == {"publisher", "document", "form"}


def test_nothing_beside_a_filing_declares_nothing(tmp_path: Path) -> None:
    assert read_declaration(tmp_path / "x.txt") is None


def test_an_origin_without_an_id_is_enough(tmp_path: Path) -> None:
    declaration = read_declaration(declared(tmp_path, '[origin]\nurl = "u"\nnote = "n"\n'))
    assert declaration is not None
    assert declaration.id is None
    assert declaration.origin == (("note", "n"), ("url", "u"))


def test_an_id_by_name_takes_its_key(tmp_path: Path) -> None:
    path = declared(tmp_path, 'id = "500152-某 局(本级)-2023-department-budget"\n')
    declaration = read_declaration(path)
    assert declaration is not None
    assert declaration.id is not None
    assert declaration.id.body == "某局（本级）"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id = ", "not valid TOML"),
        (b"id = '\xff'", "not valid TOML"),
        ('ID = "x"', "unknown key 'ID'"),
        ('[origin]\nadress = "x"', "unknown key 'adress'"),
        ('origin = "here"', "origin is not a table"),
        ('id = "500152-426-2023"', "no filing id"),
        ("id = 426", "no filing id"),
        ('id = "50015-426-2023-unit-budget"', "no filing id"),
        ('id = "500152-426-2023-budget"', "no filing id"),
    ],
)
def test_a_mistake_in_a_declaration_is_told_by_its_file(
    text: str | bytes, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(FilingError, match=reason) as caught:
        read_declaration(declared(tmp_path, text))
    assert caught.value.file == "x.toml"
