"""Example queries that answer real questions about a release, as files that can be browsed.

Each file ``examples/NN-name.rq`` begins with its description as remarks, one line each, in a fixed
form and order: the title, the question and the rule of counting, each in Chinese and in English, and
what each column means. Then comes plain SPARQL that any engine answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_FOLDER = "examples"
_HEAD = (
    ("title_zh", "标题"),
    ("title_en", "Title"),
    ("question_zh", "问题"),
    ("question_en", "Question"),
    ("rule_zh", "规则"),
    ("rule_en", "Rule"),
)
_COLUMN = re.compile(r"# \?(?P<name>\w+) (?P<zh>[^|]+) \| (?P<en>.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of an answer and what it means."""

    name: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleQuery:
    """A query with its question.

    ``name`` is that of its file, ``NN-name``; ``rule_*`` say what is counted and what must not be
    added up; ``columns`` are in the order of the answer; ``text`` is the whole file.
    """

    name: str
    title_zh: str
    title_en: str
    question_zh: str
    question_en: str
    rule_zh: str
    rule_en: str
    columns: tuple[Column, ...]
    text: str

    @property
    def number(self) -> str:
        return self.name.split("-", 1)[0]

    @property
    def query(self) -> str:
        """The query without its description."""
        lines = self.text.split("\n")
        said = len(_HEAD) + len(self.columns)
        return "\n".join(lines[said:]).strip() + "\n"


@cache
def example_queries() -> tuple[ExampleQuery, ...]:
    """All example queries in the order of their names.

    Raises:
        ValueError: a file does not begin with its description.
    """
    folder = files("fiscograph.queries").joinpath(_FOLDER)
    found = sorted((item.name, item.read_text("utf-8")) for item in folder.iterdir())
    return tuple(parse(name.removesuffix(".rq"), text) for name, text in found)


def example_query(name: str) -> ExampleQuery:
    """The example query of that name; its number alone will do.

    Raises:
        KeyError: there is none.
    """
    for example in example_queries():
        if name in {example.name, example.number}:
            return example
    raise KeyError(name)


def example_of(query: str) -> ExampleQuery | None:
    """The example whose query a text is, with or without its description; None where it is none."""
    wanted = query.replace("\r\n", "\n").strip()
    for example in example_queries():
        if wanted in {example.query.strip(), example.text.strip()}:
            return example
    return None


def parse(name: str, text: str) -> ExampleQuery:
    """An example query from its file.

    Raises:
        ValueError: it does not begin with its description.
    """
    lines = text.split("\n")
    said = {}
    for line, (key, word) in zip(lines, _HEAD, strict=False):
        mark = f"# {word} "
        if not line.startswith(mark):
            raise ValueError(f"{name}: expected a line that begins with {mark!r}, not {line!r}")
        said[key] = line.removeprefix(mark)
    columns = []
    for line in lines[len(_HEAD) :]:
        if not line.startswith("#"):
            break
        match = _COLUMN.fullmatch(line)
        if match is None:
            raise ValueError(f"{name}: expected '# ?column 中文 | English', not {line!r}")
        columns.append(Column(name=match["name"], zh=match["zh"], en=match["en"]))
    return ExampleQuery(name=name, columns=tuple(columns), text=text, **said)
