"""A page of the server as a page of the site: links lead to files, what needs a server goes.

The pages are our own templates' (attributes quoted, no ``<`` or ``"`` of data unescaped), so that
their tags are found without a parser of HTML, which would take ten times as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import urlencode

_NAMES = r"href|src|poster|data-[a-z-]+"
_LINK = re.compile(rf'\s({_NAMES})="([^"]*)"')
_TAG = re.compile(r'<(/?[A-Za-z][A-Za-z0-9-]*)([^<>"]*(?:"[^"]*"[^<>"]*)*)>|<!--.*?-->', re.DOTALL)
_FORM = re.compile(r'<form([^<>"]*(?:"[^"]*"[^<>"]*)*)>(.*?)</form>', re.DOTALL)
_SELECT = re.compile(
    r'<label>([^<]*)<select[^<>]*\bname="([^"]*)"[^<>]*>(.*?)</select>\s*</label>', re.DOTALL
)
_OPTION = re.compile(r'<option value="([^"]*)"( selected)?>(.*?)</option>', re.DOTALL)
_TEXT_AREA = re.compile(r"<textarea\b(.*?</textarea>)", re.DOTALL)
_ACTION = re.compile(r'\saction="([^"]*)"')
_CLASS = re.compile(r'\sclass="[^"]*"')
_DROPPED = {"link": "", "script": "</script>"}
Lead = Callable[[str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A select of a form: its words, and its options with the address of each; the chosen one has
    none.
    """

    name: str
    words: str
    options: tuple[tuple[str, str | None], ...]


def links_of(page: str) -> list[str]:
    """What a page leads to or loads, in its order; what its forms ask last."""
    found = [
        value
        for name, value in _LINK.findall(page)
        if not name.startswith("data-") or value.startswith("/")
    ]
    return [unescape(value) for value in (*found, *_ACTION.findall(page))]


def options_of(page: str) -> list[str]:
    """Where the options of a page's selects lead."""
    return [
        address
        for form in _FORM.finditer(page)
        for one in _choices(form)
        for _, address in one.options
        if address is not None
    ]


def rewritten(page: str, lead: Lead, ask: Lead, choose: Lead, needs_server: str = "") -> str:
    """The page with every link changed.

    Args:
        page: the server's HTML.
        lead: what stands in place of a link; None where nothing is there. A script or an alternate
            then goes as a whole; other elements lose the link and keep their words.
        ask: what stands in place of what a form asks; None where nothing answers. Of the form then
            stay the text that it shows for copying, and the options that have a page, as links.
        choose: what stands in place of an option's address; None where that very choice has no
            page, though something like it may.
        needs_server: what is said in place of a choice that only a server can answer.
    """
    changed = _FORM.sub(lambda form: _form(form, ask, choose, needs_server), page)
    return "".join(_tags(changed, lead))


def _tags(page: str, lead: Lead) -> Iterator[str]:
    done = 0
    lost_anchor = False
    for tag in _TAG.finditer(page):
        if tag.start() < done:  # within what was dropped
            continue
        name = tag[1]
        if name == "/a" and lost_anchor:
            lost_anchor = False
            yield page[done : tag.start()] + "</span>"
            done = tag.end()
            continue
        if name is None or not _LINK.search(tag[2]):
            continue
        attributes, lost = _led(tag[2], lead)
        yield page[done : tag.start()]
        done = tag.end()
        if lost and name in _DROPPED:
            end = _DROPPED[name]
            done = page.index(end, done) + len(end)
            continue
        if name == "a":
            lost_anchor = lost
        yield f"<{'span' if name == 'a' and lost else name}{attributes}>"
    yield page[done:]


def _led(attributes: str, lead: Lead) -> tuple[str, bool]:
    """The attributes with their links changed, and whether one of them was lost."""
    lost = False

    def changed(match: re.Match[str]) -> str:
        nonlocal lost
        if match[1].startswith("data-") and not match[2].startswith("/"):
            return match[0]
        led = lead(unescape(match[2]))
        if led is None:
            lost = True
            return ""
        return f' {match[1]}="{escape(led)}"'

    return _LINK.sub(changed, attributes), lost


def _form(form: re.Match[str], ask: Lead, choose: Lead, needs_server: str) -> str:
    action = _ACTION.search(form[1])
    if action is None:
        return form[0]
    asked = ask(unescape(action[1]))
    if asked is not None:
        return form[0].replace(action[0], f' action="{escape(asked)}"', 1)
    shown = "".join(f"<textarea readonly{text}" for text in _TEXT_AREA.findall(form[2]))
    if shown:
        kind = _CLASS.search(form[1])
        return f"<div{kind[0] if kind else ''}>{shown}</div>"
    choices = _choices(form)
    told = [choice for one in choices if (choice := _listed(one, choose))]
    if "<select" in form[2] and len(told) < len(choices) and needs_server:
        told.append(f'<p class="needs-server">{needs_server}</p>')
    return "\n".join(told)


def _listed(choice: Choice, choose: Lead) -> str:
    """The options as links; nothing where there is no other page to choose."""
    made = []
    for words, address in choice.options:
        led = None if address is None else choose(address)
        if address is None:
            made.append(f"<strong>{words}</strong>")
        elif led is not None:
            made.append(f'<a href="{escape(address)}">{words}</a>')
    if not any(one.startswith("<a") for one in made):
        return ""
    return f'<p class="choice">{choice.words.strip()} {" · ".join(made)}</p>'


def _choices(form: re.Match[str]) -> list[Choice]:
    """The selects of a form that asks; each option changes one of them and keeps the others.

    The first option of each is what the server takes where nothing is asked, so that it is never
    named in an address.
    """
    action = _ACTION.search(form[1])
    if action is None or "<select" not in form[2]:
        return []
    path = unescape(action[1]).partition("?")[0]
    selects = [
        (words, name, found)
        for words, name, options in _SELECT.findall(form[2])
        if (found := _OPTION.findall(options))
    ]
    first = {name: unescape(options[0][0]) for _, name, options in selects}
    chosen = {
        name: next((unescape(value) for value, selected, _ in options if selected), first[name])
        for _, name, options in selects
    }

    def asked(name: str, value: str) -> str | None:
        if value == chosen[name]:
            return None
        values = {**chosen, name: value}.items()
        said = urlencode([(one, value) for one, value in values if value != first[one]])
        return f"{path}?{said}" if said else path

    return [
        Choice(
            name=name,
            words=words,
            options=tuple((text, asked(name, unescape(value))) for value, _, text in options),
        )
        for words, name, options in selects
    ]
