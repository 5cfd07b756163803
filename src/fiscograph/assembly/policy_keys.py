"""Which document a mention means: keys that never merge two issuers' documents."""

from __future__ import annotations

from fiscograph.budget import DocumentNumber, MentionKind, PolicyKey
from fiscograph.citations import CodeBook, Mention, of_any_office, title_key

_ORDERS = ("令", "公告", "通告")
# Bodies of the whole state: 教育部令, 海关总署令.
_OF_THE_STATE = ("部", "总局", "总署", "国务院", "主席", "银行", "法院", "检察院")
_WHOLE_PROVINCE = "0000"


def policy_key(mention: Mention, region: str, book: CodeBook) -> PolicyKey | None:
    """The document that a mention names: its number, else its title; None for a vague one.

    Args:
        mention: the mention.
        region: the citing filing's region, GB/T 2260.
        book: the codes and signs that are known.
    """
    if mention.kind is MentionKind.VAGUE:
        return None
    if mention.number is not None:
        return key_of_number(mention.number, region, book)
    title = mention.title or ""
    shared = of_any_office(title) and not book.names_an_owner(title)
    return PolicyKey(title=title_key(title), qualifier=region if shared else None)


def key_of_number(number: DocumentNumber, region: str, book: CodeBook) -> PolicyKey:
    """The key of a number that a filing of a region cites; see :func:`policy_key`."""
    qualifier = None if is_unambiguous(number, region, book) else region
    return PolicyKey(number=number, qualifier=qualifier)


def is_unambiguous(number: DocumentNumber, region: str, book: CodeBook) -> bool:
    """Whether a number's code belongs to one body in the whole state.

    Codes of the list do, and those that a sign opens whose region is sure. A district's one
    character tells it only within its province: 潼 is 潼南 in 重庆 and 潼关 in 陕西.
    """
    code = number.issuer_code
    if code in book.issuers:
        return True
    if code.endswith(_ORDERS) and code.removesuffix("令").endswith(_OF_THE_STATE):
        return True
    sign = book.sign_of(code)
    if sign is None or sign.region is None:
        return False
    if sign.region.endswith(_WHOLE_PROVINCE) or len(sign.text) > 1:
        return True
    return sign.region[:2] == region[:2]
