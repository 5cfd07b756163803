"""A query as commands that ask it elsewhere: curl, and Python with its own library alone."""

from __future__ import annotations

from collections.abc import Sequence

Fields = Sequence[tuple[str, str]]


def curl(endpoint: str, query: str, fields: Fields, media_type: str) -> str:
    r"""A shell command; ``fields`` are the parameters that go with the query.

    >>> print(curl("https://a.example/sparql", "ASK { ?s ?p 'x' }", [], "text/csv"))
    curl 'https://a.example/sparql' \
      -H 'Accept: text/csv' \
      --data-urlencode 'query=ASK { ?s ?p '\''x'\'' }'
    """
    lines = [f"curl {_quoted(endpoint)}", f"-H {_quoted(f'Accept: {media_type}')}"]
    pairs = [("query", query.strip()), *fields]
    lines += [f"--data-urlencode {_quoted(f'{name}={value}')}" for name, value in pairs]
    return " \\\n  ".join(lines)


def _quoted(text: str) -> str:
    """A word of the shell (POSIX.1-2017, Shell Command Language, 2.2.2)."""
    return "'" + text.replace("'", "'\\''") + "'"


def python(endpoint: str, query: str, fields: Fields, media_type: str) -> str:
    """A program that prints the answer: rows of a table, else the text as it comes."""
    table = media_type == "text/csv"
    pairs = ", ".join(f"({name!r}, {value!r})" for name, value in fields)
    given = f'[("query", query), {pairs}]' if pairs else '{"query": query}'
    lines = [
        "import csv" if table else "",
        "import io" if table else "",
        "from urllib.parse import urlencode",
        "from urllib.request import Request, urlopen",
        "",
        f"query = {_literal(query.strip())}",
        f"data = urlencode({given}).encode()",
        f'request = Request("{endpoint}", data=data, headers={{"Accept": "{media_type}"}})',
        "with urlopen(request) as answer:",
    ]
    if table:
        lines += [
            '    for row in csv.DictReader(io.TextIOWrapper(answer, "utf-8", newline="")):',
            "        print(row)",
        ]
    else:
        lines.append('    print(answer.read().decode("utf-8"))')
    return "\n".join(lines[0 if table else 2 :])


def _literal(text: str) -> str:
    """Python's text of several lines where it can be read as it stands, else an escaped one."""
    if '"""' in text or "\\" in text:
        return repr(text)
    return f'"""\n{text}\n"""'
