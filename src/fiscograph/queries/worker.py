"""A query worker: one process, one read-only store, one query at a time; made to be killed.

Run as ``python -I worker.py STORE PARENT_PID MEMORY``. It reads requests from standard input and
writes answers to standard output, each a frame: the length of a JSON head and the length of a
body (two 4-byte big-endian numbers), the head, the body. The first frame it writes says that it
is ready. Nothing of the package is imported here, so that a worker starts in milliseconds.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import resource
import signal
import struct
import sys
from collections.abc import Iterable, Mapping
from typing import IO, Any, NoReturn

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    Variable,
    serialize,
)

SIZES = struct.Struct(">II")
_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP, _FILTER_MODE = 22, 2
_PR_SET_NO_NEW_PRIVS = 38
# linux/seccomp.h: what becomes of a call; refused ones see EPERM.
_KILL, _REFUSE, _ALLOW = 0x80000000, 0x00050001, 0x7FFF0000
# By machine: its AUDIT_ARCH and the numbers of its calls socket, socketpair, connect, bind, sendto,
# execve, execveat, ptrace, and where they exist fork and vfork.
_CALLS = {
    "x86_64": (0xC000003E, (41, 53, 42, 49, 44, 59, 322, 101, 57, 58)),
    "aarch64": (0xC00000B7, (198, 199, 203, 200, 206, 221, 281, 117)),
}
# RocksDB opens the first 16 tables of a column family at once, the others when they are read.
_OPENED_WHOLE = 16
_CHARACTERS = re.compile(r"\[('.'|'[^']*')? ?\.\.=[^\]]*\]")
_WHERE = re.compile(r"error at (\d+):(\d+): ")

Head = dict[str, Any]
Term = NamedNode | BlankNode | Literal | Triple


class _TooLarge(Exception):
    """The result is over the cap; never leaves this file."""


class _Capped:
    """A writable file that keeps what is written, up to ``limit`` bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._size += len(data)
        if self._size > self._limit:
            raise _TooLarge
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing to do: what is written is kept at once."""

    def getvalue(self) -> bytes:
        return b"".join(self._parts)


def write_frame(stream: IO[bytes], head: Mapping[str, object], body: bytes = b"") -> None:
    """Write one frame and flush it."""
    text = json.dumps(head, ensure_ascii=False).encode()
    stream.write(SIZES.pack(len(text), len(body)) + text + body)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[Head, bytes] | None:
    """Read one frame; None at the end of the stream, also in the middle of a frame."""
    sizes = stream.read(SIZES.size)
    if len(sizes) < SIZES.size:
        return None
    head_size, body_size = SIZES.unpack(sizes)
    text = stream.read(head_size)
    body = stream.read(body_size)
    if len(text) < head_size or len(body) < body_size:
        return None
    head: Head = json.loads(text)
    return head, body


def encode_term(term: Term) -> list[str]:
    """A bound value as JSON: IRIs and literals alone can be bound.

    Raises:
        TypeError: the value is a blank node or a triple.
    """
    if isinstance(term, NamedNode):
        return ["iri", term.value]
    if isinstance(term, Literal):
        return ["literal", term.value, term.datatype.value, term.language or ""]
    raise TypeError(f"{term!r} cannot be bound in a query")


def _decode_term(parts: list[str]) -> NamedNode | Literal:
    if parts[0] == "iri":
        return NamedNode(parts[1])
    _, value, datatype, language = parts
    if language:
        return Literal(value, language=language)
    return Literal(value, datatype=NamedNode(datatype))


def _confine(memory: int, files: int) -> None:
    """Give up what a query never needs: core dumps, written files, unlimited memory; and more open
    files than the store has, which a large one opens as it is asked.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


class _Instruction(ctypes.Structure):
    """``struct sock_filter`` of linux/filter.h."""

    _fields_ = (
        ("code", ctypes.c_uint16),
        ("jt", ctypes.c_uint8),
        ("jf", ctypes.c_uint8),
        ("k", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    """``struct sock_fprog`` of linux/filter.h."""

    _fields_ = (("length", ctypes.c_ushort), ("first", ctypes.POINTER(_Instruction)))


def _shut_in() -> None:
    """Refuse network, new processes and new programs (seccomp(2)), where the kernel can.

    Best done and not required: the guard refuses SERVICE, and a worker has no file to open.
    """
    known = _CALLS.get(os.uname().machine) if sys.platform == "linux" else None
    if known is None:
        return
    architecture, calls = known
    rows = [(0x20, 0, 0, 4), (0x15, 1, 0, architecture), (0x06, 0, 0, _KILL), (0x20, 0, 0, 0)]
    rows += [(0x15, len(calls) - at, 0, call) for at, call in enumerate(calls)]
    rows += [(0x06, 0, 0, _ALLOW), (0x06, 0, 0, _REFUSE)]
    filters = (_Instruction * len(rows))(*(_Instruction(*row) for row in rows))
    program = _Program(len(rows), filters)
    libc = ctypes.CDLL(None)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        libc.prctl(_PR_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0)


def _most_files(path: str) -> int:
    """None beyond those that are open already for a store that is opened whole; for a larger one
    as many as it has, and those that the process began with.
    """
    with os.scandir(path) as found:
        count = sum(1 for _ in found)
    return 0 if count <= _OPENED_WHOLE else count + _OPENED_WHOLE


def _die_with(parent: int) -> None:
    """Ask the kernel to kill this process when its parent ends; Linux alone can."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)


def _graphs(iris: list[str]) -> list[Any]:
    return [NamedNode(iri) for iri in iris]


def _distinct(triples: Iterable[Triple], limit: int) -> list[Triple]:
    """The triples without repetitions, in order of subject, predicate and object."""
    seen: dict[str, Triple] = {}
    size = 0
    for triple in triples:
        key = str(triple)
        if key not in seen:
            size += len(key)
            if size > 4 * limit:
                raise _TooLarge
            seen[key] = triple
    return [seen[key] for key in sorted(seen)]


def _evaluate(store: Store, head: Head, text: str) -> QuerySolutions | QueryBoolean | QueryTriples:
    restricted = bool(head["default_graphs"] or head["named_graphs"])
    return store.query(
        text,
        base_iri=head["base"],
        prefixes=head["prefixes"],
        use_default_graph_as_union=head["union"] and not restricted,
        default_graph=_graphs(head["default_graphs"]) if restricted else None,
        named_graphs=_graphs(head["named_graphs"]) if restricted else None,
        substitutions={
            Variable(name): _decode_term(term) for name, term in head["bindings"].items()
        },
    )


def _answer(store: Store, head: Head, text: str) -> tuple[Head, bytes]:
    """Evaluate and serialise one query; the answer is whole or an error."""
    output = _Capped(head["result_bytes"])
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if head["memory"] and most != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_AS, (min(head["memory"], most), most))
    try:
        result = _evaluate(store, head, text)
        if isinstance(result, QueryTriples):
            media_type = head["graph"]
            rdf_format = RdfFormat.from_media_type(media_type)
            triples = _distinct(result, head["result_bytes"])
            serialize(triples, output, format=rdf_format, prefixes=head["prefixes"])  # type: ignore[arg-type]
        else:
            media_type = head["solutions"]
            solutions = QueryResultsFormat.from_media_type(media_type)
            result.serialize(output, solutions)  # type: ignore[arg-type]
            found = _rows(output.getvalue(), solutions)
            if head["rows"] is not None and found > head["rows"]:
                return {"error": "rows", "found": found}, b""
    except _TooLarge:
        return {"error": "too-large"}, b""
    except SyntaxError as error:
        return _syntax(str(error)), b""
    except (ValueError, OSError, RuntimeError) as error:
        return {"error": "unsupported", "reason": str(error)}, b""
    except MemoryError:
        return {"error": "memory"}, b""
    return {"media_type": media_type}, output.getvalue()


def _rows(body: bytes, written: QueryResultsFormat | None) -> int:
    """How many solutions a whole result has, counted in what the engine wrote: a boolean has none.

    Two solutions are parted by ``},{`` in JSON and by a line break in CSV, which texts may hold too,
    and those stand between quotes; in XML and TSV no text holds what parts them.
    """
    if written == QueryResultsFormat.XML:
        return body.count(b"<result>")
    if written == QueryResultsFormat.TSV:
        return max(0, body.count(b"\n") - 1)
    if written == QueryResultsFormat.CSV:
        return max(0, sum(part.count(b"\r\n") for part in body.split(b'"')[::2]) - 1)
    if b'"bindings":[{' not in body:
        return 0
    parts = body.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')[::2]
    return 1 + sum(part.count(b"},{") for part in parts)


def _syntax(message: str) -> Head:
    """The parser's message with its place taken out and its lists of characters left out."""
    message = _CHARACTERS.sub("a name", " ".join(message.split())).replace(", [_]", "")
    match = _WHERE.match(message)
    if match is None:
        return {"error": "syntax", "reason": message}
    line, column = int(match[1]), int(match[2])
    reason = message[match.end() :]
    return {"error": "syntax", "reason": reason, "line": line, "column": column}


def main(arguments: list[str]) -> NoReturn:
    """Serve requests until standard input ends."""
    path, parent, memory = arguments
    _die_with(int(parent))
    store = Store.read_only(path)
    _answer(store, _WARM_UP, "SELECT * { ?s ?p ?o } LIMIT 1")
    _confine(int(memory), _most_files(path))
    _shut_in()
    write_frame(sys.stdout.buffer, {"ready": True})
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        head, body = frame
        answer, result = _answer(store, head, body.decode())
        write_frame(sys.stdout.buffer, answer, result)
    sys.exit(0)


_WARM_UP: Head = {
    "base": None,
    "prefixes": {},
    "union": True,
    "default_graphs": [],
    "named_graphs": [],
    "bindings": {},
    "solutions": "application/sparql-results+json",
    "graph": "text/turtle",
    "result_bytes": 1_000_000,
    "rows": None,
    "memory": 0,
}

if __name__ == "__main__":
    main(sys.argv[1:])
