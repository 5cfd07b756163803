"""Errors as pages: what happened and what a visitor can do, in the language of the page."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from fiscograph.serving.frame.html import Templates


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    zh: str
    en: str
    why_zh: str
    why_en: str


_OTHER = _Told(
    zh="无法回答",
    en="This cannot be answered",
    why_zh="服务器无法回答这个请求。请核对地址，或从开始页重新查找。",
    why_en="The server cannot answer this request. Check the address, or look again from the start "
    "page.",
)
_BUSY = _Told(
    zh="此刻太忙",
    en="Too busy at the moment",
    why_zh="要查的东西没有在限定的时间里查完。请过几秒再试。",
    why_en="What was asked for was not found in the time allowed. Try again in a few seconds.",
)
_TOLD = {
    404: _Told(
        zh="没有此页",
        en="Nothing is here",
        why_zh="本发布没有这个地址的内容。地址可能打错了，或属于另一个发布版本。",
        why_en="The release says nothing about this address. It may be mistyped, or belong to "
        "another release.",
    ),
    405: _Told(
        zh="此地址只供读取",
        en="This address can only be read",
        why_zh="请直接打开这个地址，不要向它提交内容。",
        why_en="Open the address as it is and send nothing to it.",
    ),
    406: _Told(
        zh="没有所要的格式",
        en="Not available in that format",
        why_zh="这个地址有网页、Turtle、JSON-LD 和 N-Triples 几种格式，可在地址后加 .html、.ttl、.jsonld 或 "
        ".nt 选取。",
        why_en="This address comes as a page, Turtle, JSON-LD and N-Triples; add .html, .ttl, "
        ".jsonld or .nt to it to choose one.",
    ),
    413: _Told(
        zh="结果太大",
        en="The result is too large",
        why_zh="结果超过了一页能给出的大小。请缩小范围，或下载整个数据集。",
        why_en="The result is larger than a page can give. Ask for less, or download the data set.",
    ),
    414: _Told(
        zh="地址太长",
        en="The address is too long",
        why_zh="请缩短地址，或从开始页重新查找。",
        why_en="Shorten the address, or look again from the start page.",
    ),
    429: _BUSY,
    503: _BUSY,
    504: _BUSY,
}


def problem_page(templates: Templates, status: int, *, near: tuple[str, ...] = ()) -> Response:
    """The page for an HTTP status; ``near`` are addresses that may have been meant."""
    return templates.page("problem.html", status=status, told=_TOLD.get(status, _OTHER), near=near)
