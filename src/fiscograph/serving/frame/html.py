"""Pages: templates that escape by themselves, and how texts and numbers are shown in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from markupsafe import Markup
from starlette.responses import HTMLResponse

from fiscograph.serving.data.paths import Paths
from fiscograph.serving.frame import navigation
from fiscograph.serving.frame.address import here
from fiscograph.serving.frame.imprint import Imprint
from fiscograph.serving.frame.language import EN, current, say
from fiscograph.serving.frame.quotes import quoted
from fiscograph.serving.frame.scripts import Scripts
from fiscograph.serving.frame.styles import Styles
from fiscograph.serving.frame.words import mark, phase_word
from fiscograph.serving.things.sections import grouped, in_source
from fiscograph.serving.things.spans import at
from fiscograph.vocabulary.prefixes import compact

# Characters that reorder or hide text (Unicode TR 9 and TR 36): shown by their code points.
_HIDDEN = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
    "|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)

_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_HAN_RUN = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]+"
    r"(?:[^A-Za-z<>&]{0,12}[\u2e80-\u9fff\uf900-\ufaff]+)*"
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def visible(text: object) -> str:
    r"""Text with the characters that a reader cannot see made visible.

    >>> visible("a\u202eb")
    'a⟦U+202E⟧b'
    """
    return _HIDDEN.sub(lambda match: f"⟦U+{ord(match[0]):04X}⟧", str(text))


def data(text: object) -> Markup:
    """Text of the data as it stands in a page: marked as Chinese on a page that is not (WCAG 2.2,
    3.1.2), and kept apart from the words around it where it runs from right to left.

    >>> data("项目 1")
    Markup('项目 1')
    >>> from fiscograph.serving.frame.language import speaking
    >>> with speaking(EN): data("项目 1")
    Markup('<bdi lang="zh-Hans">项目 1</bdi>')
    """
    shown = visible(text)
    if current() == EN and _HAN.search(shown) is not None:
        return Markup('<bdi lang="zh-Hans">{}</bdi>').format(shown)
    if _RIGHT_TO_LEFT.search(shown) is not None:
        return Markup("<bdi>{}</bdi>").format(shown)
    return Markup.escape(shown)


def apart(text: object) -> Markup:
    """Data within an element that says its language itself (:func:`spoken`)."""
    shown = visible(text)
    bare = _RIGHT_TO_LEFT.search(shown) is None
    return Markup.escape(shown) if bare else Markup("<bdi>{}</bdi>").format(shown)


def spoken(text: object) -> Markup:
    """The attribute that says the language of data within an element of its own, as :func:`data`
    would say it; nothing where the page's language holds.

    >>> from fiscograph.serving.frame.language import speaking
    >>> with speaking(EN): spoken("项目 1")
    Markup(' lang="zh-Hans"')
    """
    foreign = current() == EN and _HAN.search(str(text)) is not None
    return Markup(' lang="zh-Hans"') if foreign else Markup("")


def ours(text: object) -> Markup:
    """Words of ours; what they quote in Chinese on an English page is marked as Chinese.

    >>> from fiscograph.serving.frame.language import speaking
    >>> with speaking(EN): ours("in 元 & fen")
    Markup('in <span lang="zh-Hans">元</span> &amp; fen')
    """
    shown = Markup.escape(visible(text))
    if current() != EN:
        return shown
    # As plain text: putting Markup together escapes its parts.
    return Markup(_HAN_RUN.sub(r'<span lang="zh-Hans">\g<0></span>', str(shown)))  # noqa: S704 - escaped


def money(amount: Decimal | str | None) -> str:
    """An amount in yuan with separators; a dash where there is none."""
    return "—" if amount is None else grouped(str(amount))


def percent(share: Decimal | None) -> str:
    """A share as a percentage; a dash where there is no money to have a share of.

    >>> percent(Decimal("0.1250"))
    '12.5%'
    """
    if share is None:
        return "—"
    return f"{(share * 100).quantize(Decimal('0.01')).normalize():f}%"


def _in_page(spoken_filter: Callable[..., object]) -> Callable[..., object]:
    """A filter that goes by the language of the page: Jinja would else apply it to a constant when
    it compiles the template, in the language of the page that came first.
    """

    @pass_context
    def applied(_context: object, *arguments: object) -> object:
        return spoken_filter(*arguments)

    return applied


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """The templates of this package, with links that lead to this server's paths."""

    environment: Environment

    @classmethod
    def load(cls, paths: Paths, scripts: Scripts, *, styles: Styles, imprint: Imprint) -> Templates:
        made = Environment(
            loader=PackageLoader("fiscograph.serving"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.filters["visible"] = visible
        made.filters["compact"] = compact
        made.filters["data"] = _in_page(data)
        made.filters["ours"] = _in_page(ours)
        made.filters["apart"] = apart
        made.filters["spoken"] = _in_page(spoken)
        made.filters["money"] = money
        made.filters["local"] = lambda iri: paths.link(iri) or ""
        made.filters["printed_at"] = lambda iri: in_source(iri, paths) or paths.link(iri) or ""
        made.filters["quoted"] = _in_page(quoted)
        made.filters["percent"] = percent
        made.filters["phase"] = _in_page(phase_word)
        made.filters["mark"] = _in_page(mark)
        made.filters["at_line"] = lambda source, line: at(paths.link(source) or "", f"L{line}")
        made.globals["script"] = scripts.address
        made.globals["say"] = say
        made.globals["language"] = current
        made.globals["here"] = here
        made.globals["navigation"] = navigation
        made.globals["stylesheet"] = styles.address
        made.globals["imprint"] = imprint
        return cls(environment=made)

    def page(
        self,
        template: str,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **values: object,
    ) -> HTMLResponse:
        """A template as a response; it sees ``values`` and the status."""
        text = self.environment.get_template(template).render(status=status, **values)
        return HTMLResponse(text, status_code=status, headers=headers)
