"""Finds the links of a site that lead nowhere, fragments and the pictures' data included."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from fiscograph.serving.static_site.rewriting import links_of

_PLACE = re.compile(r'\sid="([^"]*)"')
_DATA_LINK = re.compile(r'"href": ("(?:[^"\\]|\\.)+")')
_SITEMAP_LINK = re.compile(r"<loc>([^<]*)</loc>")
_TOP = "top"  # every page has it (HTML, section 7.4.6.4)


def dead_links(folder: Path, base: str) -> Iterator[str]:
    """The links of a site that lead nowhere, in words.

    Links to other hosts are not followed.

    Args:
        folder: the site.
        base: the publisher's base, where the site's 404 page and sitemap say that it stands.
    """
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    places: dict[str, frozenset[str]] = {}
    asked: list[tuple[str, str, str, str]] = []
    root = urlsplit(base).path
    for name in sorted(files):
        for link in _links(folder, name, places):
            split = urlsplit(link)
            if split.scheme or split.netloc:
                continue
            there = _there(name, split.path, root if name.startswith("404") else None)
            if there is None:
                yield f"{name}: {link} leaves the site"
            elif there not in files:
                yield f"{name}: {link} leads nowhere"
            elif split.fragment and there.endswith(".html"):
                asked.append((name, link, there, unquote(split.fragment)))
    for name, link, there, place in asked:
        if there in places and place not in places[there] and place != _TOP:
            yield f"{name}: {link} has no such place"
    yield from _left_in_sitemap(folder, files, base)
    yield from _left_in_search(folder, files, places)


def _links(folder: Path, name: str, places: dict[str, frozenset[str]]) -> set[str]:
    if name.startswith("download/"):
        return set()
    if name.endswith(".html"):
        text = (folder / name).read_text("utf-8")
        places[name] = frozenset(_PLACE.findall(text))
        # What a script loads has been turned to a file and no longer starts with a slash.
        loaded = re.findall(r'\sdata-(?:flow|search)="([^"]*)"', text)
        return {*links_of(text), *(f"{one}meta.json" if one[-1] == "/" else one for one in loaded)}
    if name.endswith(".json") and "~" in name:
        return {json.loads(one) for one in _DATA_LINK.findall((folder / name).read_text("utf-8"))}
    return set()


def _there(name: str, path: str, root: str | None) -> str | None:
    """The file that a path on a page leads to; None where it leaves the site."""
    if not path:
        return name
    decoded = unquote(path)
    if decoded.startswith("/"):
        if root is None or not decoded.startswith(root):
            return None
        return decoded.removeprefix(root) or "index.html"
    parts: list[str] = list(PurePosixPath(name).parent.parts)
    for part in decoded.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _left_in_sitemap(folder: Path, files: set[str], base: str) -> Iterator[str]:
    for name in sorted(one for one in files if re.fullmatch(r"sitemap(-\d+)?\.xml", one)):
        for link in _SITEMAP_LINK.findall((folder / name).read_text("utf-8")):
            there = unquote(link.removeprefix(base)) or "index.html"
            if there not in files:
                yield f"{name}: {link} leads nowhere"


def _left_in_search(
    folder: Path, files: set[str], places: dict[str, frozenset[str]]
) -> Iterator[str]:
    for name in sorted(one for one in files if re.fullmatch(r"search/e/\d+\.json", one)):
        for link, *_ in json.loads((folder / name).read_text("utf-8")):
            path, _, place = link.partition("#")
            there = unquote(path)
            for page in (there, there.removesuffix(".html") + ".en.html"):
                if page not in files:
                    yield f"{name}: {link} leads nowhere"
                elif place and unquote(place) not in places[page]:
                    yield f"{name}: {link} has no such place"
