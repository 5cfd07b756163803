"""Between the addresses of the server and the names of files."""

from __future__ import annotations

import hashlib
import posixpath
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from fiscograph.serving.data.paths import escape
from fiscograph.serving.frame.language import EN, PARAMETER, ZH

PAGE_SUFFIX = ".html"
# What follows the last dot of an identifier is part of its name, unless it is one of these.
DATA_SUFFIXES = frozenset(
    {".css", ".csv", ".ico", ".js", ".json", ".jsonld", ".mjs", ".nq", ".nt", ".png", ".rdf"}
    | {".rq", ".svg", ".trig", ".ttl", ".txt", ".webp", ".woff2", ".xlsx", ".xml"}
)
# ext4, APFS and NTFS take 255 bytes or UTF-16 units in a name; hosts escape each byte.
_LONGEST_NAME = 200
_HASH_DIGITS = 12
# The release's files and the scripts keep their names and bytes: they are never pages of ours.
_FILES = ("/download/", "/static/", "/context/")
CONTEXT = "download/context.jsonld"
# Characters that Windows takes in no name, nor a dot or space at its end, nor its devices' names
# (Microsoft, "Naming Files, Paths, and Namespaces"); the sign that escapes them is escaped too.
_REFUSED = re.compile(
    r'[\x00-\x1f<>:"|?*\\+]|[. ]\Z|\A(?=(?i:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)).'
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Address:
    """An address at the server: its decoded path, its parameters but the language, and the
    language of the page (None where it is no page).
    """

    path: str
    parameters: tuple[tuple[str, str], ...] = ()
    language: str | None = None

    @property
    def is_page(self) -> bool:
        return suffix(self.path) is None and not self.path.startswith(_FILES)

    @property
    def is_release_file(self) -> bool:
        """Whether it is a file of the release, which the manifest knows by its hash."""
        return self.path.startswith("/download/")

    @property
    def target(self) -> str:
        """As it is asked for: escaped, with the language where it is not the server's own."""
        parameters = [*self.parameters]
        if self.language == EN:
            parameters.append((PARAMETER, EN))
        query = urlencode(parameters)
        return escape(self.path) + (f"?{query}" if query else "")

    @property
    def file(self) -> str:
        """The file that holds its answer, below the site's folder, with ``/``."""
        path, ending = self.path.lstrip("/"), ""
        if self.is_page:
            ending = ".en.html" if self.language == EN else PAGE_SUFFIX
            path = path.removesuffix(PAGE_SUFFIX)
            if not path or path.endswith("/"):
                path += "index"
        if self.parameters:
            known = suffix(path) or ""
            path = path.removesuffix(known)
            ending = known or ending
            said = "&".join(f"{name}={value}" for name, value in self.parameters)
            path += "~" + said.replace("/", "|")
        folders = [_short(_portable(name), "") for name in path.split("/")[:-1]]
        return "/".join((*folders, _short(_portable(path.rpartition("/")[2], ending), ending)))


def suffix(path: str) -> str | None:
    """The ending that says that an address is data and not a page, None for a page.

    >>> suffix("/policy/渝财社/2022/155.ttl"), suffix("/code/region/50.1"), suffix("/a.html")
    ('.ttl', None, None)
    """
    ending = posixpath.splitext(path)[1].lower()
    return ending if ending in DATA_SUFFIXES else None


def address_of(link: str, on: Address) -> tuple[Address, str] | None:
    """Where a link on a page leads, with its fragment; None where that is another host.

    A page stays in the language of the page that leads to it, unless the link says another.
    """
    if not link.startswith("/"):
        return _address_of(link, on.path, on.language)
    return _address_of(link, "/", on.language)


# What stands on every page, and most of what stands on its neighbours, is known from them.
@lru_cache(maxsize=50_000)
def _address_of(link: str, path: str, language: str | None) -> tuple[Address, str] | None:
    split = urlsplit(link)
    if split.scheme or split.netloc:
        return None
    pairs = parse_qsl(split.query, keep_blank_values=True)
    said = dict(pairs).get(PARAMETER)
    found = Address(
        # An absolute path in the second place replaces the first.
        path=posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(split.path)))
        if split.path
        else path,
        parameters=tuple(pair for pair in pairs if pair[0] != PARAMETER),
    )
    if found.is_page:
        found = replace(found, language=said if said in {ZH, EN} else language or ZH)
    return found, split.fragment


def relative(file: str, start: str) -> str:
    """The link from one file of the site to another, escaped.

    >>> relative("policy/渝财社.html", "filing/a.html")
    '../policy/%E6%B8%9D%E8%B4%A2%E7%A4%BE.html'
    """
    return _relative(file, posixpath.dirname(start) or ".")


# Pages of one folder lead to the same files.
@lru_cache(maxsize=100_000)
def _relative(file: str, folder: str) -> str:
    path = posixpath.relpath(file, folder)
    # A first part with a colon would read as a scheme.
    return escape(path if ":" not in path.split("/")[0] else f"./{path}")


def _portable(name: str, ending: str = "") -> str:
    """A name without what a file system refuses; two names stay two.

    >>> _portable("甲:乙"), _portable("nul"), _portable("1.")
    ('甲+3A乙', '+6Eul', '1+2E')
    """
    safe = _REFUSED.sub(lambda match: "".join(f"+{byte:02X}" for byte in match[0].encode()), name)
    # What stands before an ending is not at the end.
    return f"{safe[:-3]}{name[-1]}" if ending and name[-1:] in {".", " "} else safe


def _short(name: str, ending: str) -> str:
    """A name that every file system takes: its end gives way to a hash of the whole."""
    whole = (name + ending).encode()
    if len(whole) <= _LONGEST_NAME:
        return name + ending
    told = hashlib.sha256(name.encode()).hexdigest()[:_HASH_DIGITS]
    room = _LONGEST_NAME - len(told) - len(ending.encode()) - 1
    return f"{name.encode()[:room].decode(errors='ignore')}~{told}{ending}"
