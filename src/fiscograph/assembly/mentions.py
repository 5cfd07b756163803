"""Citations of a filing: which field mentions which document, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from fiscograph.assembly.texts import passage_of, text_field
from fiscograph.budget import Citation, Filing, Issuer, PolicyKey, TextField
from fiscograph.citations import Mention, mentions_in, title_key
from fiscograph.tables import Cell, Line

# A 代字 without a place's own character could be any district's: 区府发, 县财发.
_ANY_DISTRICT = re.compile(r"\A[区县市州旗盟](?!场)")
WHOLE, NARRATIVE = "整体", "说明"
_TITLED_MINIMUM = 3


def citations_of(
    filing: Filing,
    projects: Iterable[tuple[str, str, Sequence[TextField]]],
    targets: Sequence[TextField],
    narrative: Sequence[Line],
    *,
    lines: Sequence[str],
    issuers: Mapping[str, Issuer],
) -> tuple[Citation, ...]:
    """Every mention of a document in project names, sheets, targets and narrative.

    Args:
        filing: the filing; its region qualifies codes that any district could use.
        projects: key, what it is cited by (code, else name) and texts of each project budget.
        targets: the texts of the whole department.
        narrative: the lines outside of tables.
        lines: all lines of the source.
        issuers: the issuers' list by code.
    """
    source = filing.sources[0].sha256
    found: list[Citation] = []
    for key, cited_by, texts in projects:
        for text in texts:
            found.extend(_in_text(filing, text, (key, cited_by), lines, issuers))
    for text in targets:
        found.extend(_in_text(filing, text, (None, WHOLE), lines, issuers))
    for text in _paragraphs(narrative, source):
        found.extend(_in_text(filing, text, (None, NARRATIVE), lines, issuers))
    # One printing may be read under two fields; a place and what it cites are one mention.
    unique = {(c.place, c.number, c.title): c for c in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda c: (c.place, c.field, c.printed)))


def _in_text(
    filing: Filing,
    text: TextField,
    citing: tuple[str | None, str],
    lines: Sequence[str],
    issuers: Mapping[str, Issuer],
) -> list[Citation]:
    found = []
    for mention in mentions_in(text.text, issuers):
        if mention.number is None and len(mention.title or "") < _TITLED_MINIMUM:
            continue
        place, printed = passage_of(text, mention.start, mention.end, lines)
        found.append(
            Citation(
                place=place,
                field=text.field,
                project=citing[0],
                cited_by=citing[1],
                printed=printed,
                number=mention.number,
                title=mention.title,
                policy=policy_key(mention, filing.region, issuers),
                score=mention.score,
            )
        )
    return found


def policy_key(mention: Mention, region: str, issuers: Mapping[str, Issuer]) -> PolicyKey | None:
    """The document that a mention means: its number, else its title."""
    if mention.number is not None:
        code = mention.number.issuer_code
        shared = code not in issuers and _ANY_DISTRICT.match(code) is not None
        return PolicyKey(number=mention.number, qualifier=region if shared else None)
    if mention.title:
        return PolicyKey(title=title_key(mention.title))
    return None


def _paragraphs(lines: Sequence[Line], source: str) -> list[TextField]:
    """The narrative as texts: lines joined until a sentence ends at a line's end."""
    texts: list[TextField] = []
    cells: list[Cell] = []
    for line in lines:
        cells.extend(line.words)
        if line.squeezed.endswith(("。", "；")) or line.drawn:
            texts.append(text_field(NARRATIVE, cells, source))
            cells = []
    if cells:
        texts.append(text_field(NARRATIVE, cells, source))
    return texts
