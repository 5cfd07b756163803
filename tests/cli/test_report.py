"""The one page of a filing: what it quotes is what is printed, and it stands on its own."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.golden.disclosed import NAMES, QIJIANG, TONGNAN, facts_of, lines_of, path_of

from fiscograph import cli, reports
from fiscograph.budget import Bin, FilingFacts, Outcome, Placement
from fiscograph.provenance import Place, Span
from fiscograph.reports.quotes import BLACK, Quote, QuotedLine, Source, is_whole
from fiscograph.reports.view import report_view

VOID = {"meta", "link", "br", "img", "input", "hr", "wbr"}


class Page(HTMLParser):
    """A page's text, tags and ids; fails on tags that do not close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.texts: list[str] = []
        self.marked: list[str] = []
        self.loose_headers = 0
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags[tag] += 1
        self.ids += [named["id"] or ""] if "id" in named else []
        self.links += [named[key] or "" for key in ("href", "src") if key in named]
        self.loose_headers += tag == "th" and "scope" not in named
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag in {"th", "td", "p", "li"}:
            self.texts.append(" ")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "mark":
            self.marked.append(data)
        if not self.open or self.open[-1] != "style":
            self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)


@cache
def html_of(name: str) -> str:
    return reports.page(facts_of(name), lines_of(name))


@cache
def page_of(name: str) -> Page:
    return Page(html_of(name))


def quoted_lines(quote: Quote) -> list[QuotedLine]:
    return [line for passage in (*quote.passages, *quote.more) for line in passage]


@pytest.mark.parametrize("name", NAMES)
def test_the_page_stands_on_its_own(name: str) -> None:
    page = page_of(name)
    assert page.tags["script"] == page.tags["link"] == page.tags["img"] == 0
    assert all(link.startswith("#") for link in page.links)
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert not re.search(r"url\(|@import|https?:", html_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_headings_tables_and_languages_are_said(name: str) -> None:
    page, text = page_of(name), html_of(name)
    assert page.tags["h1"] == 1
    assert page.tags["h2"] == 5
    assert page.loose_headers == 0
    assert '<html lang="zh-Hans">' in text
    assert '<span class="en" lang="en">Findings</span>' in text
    assert text.startswith("<!doctype html>")


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_is_the_sources_own_characters(name: str) -> None:
    facts, lines = facts_of(name), lines_of(name)
    source = Source(facts, lines)
    for finding in facts.findings:
        places = [] if is_whole(finding.place) else [finding.place]
        quoted = {
            line.number: line for line in quoted_lines(source.quote(finding.place, finding.about))
        }
        for line in quoted.values():
            printed = lines[line.number - 1].rstrip("\r")[line.start - 1 : line.end]
            assert len(line.text) == len(printed)
            assert all(one in (other, BLACK) for one, other in zip(line.text, printed, strict=True))
        for place in (*places, *finding.about):
            line = quoted[place.line]
            assert line.start <= place.start
            assert place.end <= line.end
            at = 0
            marked = ""
            for piece in line.pieces:
                first = line.start + at
                at += len(piece.text)
                if place.start <= first <= place.end:
                    assert piece.mark
                    marked += piece.text
            assert marked.startswith(lines[place.line - 1][place.start - 1 : place.end])


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_check_and_unread_number_is_on_the_page(name: str) -> None:
    facts, text = facts_of(name), page_of(name).text
    view = report_view(facts, lines_of(name))
    told = sorted(finding.message_zh for finding in facts.findings)
    assert sorted(one.zh for one in view.findings) == told
    for finding in facts.findings:
        assert finding.message_zh in text
        assert finding.message_en in text
    for check in facts.checks:
        assert check.label in text
    shown = [len(view.failed), len(view.rounded), len(view.uncheckable)]
    shown.append(sum(len(group.checks) for group in view.holding))
    assert sum(shown) == len(facts.checks)
    assert [(one.line, one.printed) for one in view.unread] == [
        (row.place.line, row.printed) for row in facts.ledger if row.bin is Bin.UNREAD
    ]
    assert sum(count.number for count in view.bins) == len(facts.ledger)
    chosen = [one for one in facts.printed_amounts if one.placement is Placement.CHOSEN]
    assert [(one.line, len(one.rivals)) for one in view.chosen] == [
        (one.place.line, len(one.rivals)) for one in chosen
    ]


def test_findings_stand_in_order_of_severity_and_failed_checks_lead_to_them() -> None:
    view = report_view(facts_of(TONGNAN), lines_of(TONGNAN))
    levels = [one.level for one in view.findings]
    assert levels == sorted(levels, key=["error", "warning", "notice"].index)
    assert {"error", "warning"} <= set(levels)
    fails = [one for one in facts_of(TONGNAN).checks if one.outcome is Outcome.FAILS]
    assert len(view.failed) == len(fails)
    told = {one.finding for one in view.failed}
    assert None not in told
    texts = {one.number: one.zh for one in view.findings}
    assert all(one.label in texts[one.finding or 0] for one in view.failed)


def test_the_totals_of_a_filing_are_those_that_it_prints() -> None:
    text = " ".join(page_of(TONGNAN).text.split())
    assert "收入合计 Revenue 9,209.73 9209.73 万元 部门收支总表，第 664 行" in text
    assert "项目支出 Project expenditure 6,713.58" in text
    assert "基本支出 Basic expenditure 2,496.14" in text
    assert "208 社会保障和就业支出 8,386.57" in text


@pytest.mark.parametrize("name", NAMES)
def test_contacts_are_nowhere_on_the_page(name: str) -> None:
    lines, text = lines_of(name), html_of(name)
    for place in facts_of(name).contacts:
        assert lines[place.line - 1][place.start - 1 : place.end] not in text


def test_a_quoted_contact_is_black_and_keeps_its_length() -> None:
    facts, lines = facts_of(QIJIANG), lines_of(QIJIANG)
    name, phone = facts.contacts[:2]
    finding = replace(facts_of(TONGNAN).findings[0], place=phone, about=(name,))
    source = Source(replace(facts, findings=(finding,)), lines)
    (line,) = [one for one in quoted_lines(source.quote(phone, (name,))) if one.is_marked]
    marked = [piece.text for piece in line.pieces if piece.mark]
    assert marked == [BLACK * (one.end - one.start + 1) for one in (name, phone)]
    assert len(line.text) == len(lines[phone.line - 1])
    text = reports.page(replace(facts, findings=(finding,)), lines)
    assert "张汐亚" not in text
    assert "87260838" not in text


def hostile() -> FilingFacts:
    facts = facts_of(TONGNAN)
    text = "<script>alert(1)</script>&\u202e\"'"
    finding = replace(facts.findings[0], message_zh=text, message_en=text, printed=text)
    check = replace(facts.checks[0], label=text, outcome=Outcome.FAILS)
    amount = replace(facts.printed_amounts[0], row_label=text, column=(text,), rivals=((text,),))
    return replace(
        facts,
        filing=replace(facts.filing, title=text, department=text),
        findings=(finding,),
        checks=(check,),
        printed_amounts=(replace(amount, placement=Placement.CHOSEN),),
        projects=(replace(facts.projects[0], name=text),),
    )


def test_hostile_text_is_text_on_the_page() -> None:
    lines = [line.replace("人", "<b onclick=x>") for line in lines_of(TONGNAN)]
    html = reports.page(hostile(), lines)
    page = Page(html)
    assert page.tags["script"] == page.tags["b"] == 0
    assert "\u202e" not in html
    assert page.text.count("<script>alert(1)</script>&⟦U+202E⟧") >= 8


def test_the_same_filing_gives_the_same_page(tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        assert cli.run(["check", str(path_of(QIJIANG)), "--html", str(tmp_path / name)]) == 0
    first, second = ((tmp_path / name).read_bytes() for name in ("one.html", "two.html"))
    assert first == second == html_of(QIJIANG).encode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.html", "two.html"]


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("none/report.html", "there is no folder"),
        (".", "it is a folder"),
        ("filing.txt", "it is the filing itself"),
        ("filing.txt/report.html", "there is no folder"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_in_one_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], where: str, says: str
) -> None:
    filing = tmp_path / "filing.txt"
    filing.write_bytes(path_of(QIJIANG).read_bytes())
    assert cli.run(["check", str(filing), "--html", str(tmp_path / where)]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("报告无法写到此处 / ")
    assert says in err
    assert err.count("\n") == 1
    assert filing.read_bytes() == path_of(QIJIANG).read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["filing.txt"]


def test_a_disk_that_refuses_leaves_the_old_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "report.html"
    out.write_text("old")

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert cli.run(["check", str(path_of(QIJIANG)), "--html", str(out)]) == 2
    assert "report.html: the report cannot be written: No space left" in capfd.readouterr().err
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [
        ("report.html", "old")
    ]


def test_a_report_is_of_one_filing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    both = [str(path_of(name)) for name in NAMES[:2]]
    assert cli.run(["check", *both, "--html", str(tmp_path / "r.html")]) == 2
    assert "one filing a report, 2 are given" in capfd.readouterr().err


def test_strict_holds_for_the_report_too(tmp_path: Path) -> None:
    arguments = ["check", "--strict", str(path_of(TONGNAN)), "--html", str(tmp_path / "r.html")]
    assert cli.run(arguments) == 1
    assert (tmp_path / "r.html").is_file()


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_colour_of_text_is_readable_on_its_ground() -> None:
    """WCAG 2.2, 1.4.3: a contrast of 4.5 at least, in light, dark and print."""
    css = (Path(reports.__file__).parent / "templates/report.css").read_text("utf-8")
    schemes = [
        dict(re.findall(r"--([\w-]+): (#\w{6})", block))
        for block in re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    ]
    assert len(schemes) == 3
    for scheme in schemes:
        colours = {**schemes[0], **scheme}
        pairs = [(ink, ground) for ink in ("ink", "soft") for ground in ("paper", "tint")]
        pairs += [(ink, "paper") for ink in ("link", "error", "warning", "notice", "good")]
        pairs += [("at-ink", "at"), ("with-ink", "with")]
        for ink, ground in pairs:
            assert _contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)


LINES = st.lists(st.text("甲1, \t8\f.x", max_size=400), min_size=1, max_size=30)


@given(lines=LINES, data=st.data())
def test_any_place_of_any_text_is_quoted_and_marked_once(
    lines: list[str], data: st.DataObject
) -> None:
    printed = [number for number, line in enumerate(lines, start=1) if line]
    if not printed:
        return
    places = []
    for _ in range(data.draw(st.integers(1, 20))):
        number = data.draw(st.sampled_from(printed))
        start = data.draw(st.integers(1, len(lines[number - 1])))
        end = data.draw(st.integers(start, len(lines[number - 1])))
        places.append(Place(source="a" * 64, span=Span(line=number, start=start, end=end)))
    facts = replace(facts_of(QIJIANG), contacts=(), ledger=())
    quoted = quoted_lines(Source(facts, lines).quote(places[0], places[1:]))
    numbers = [line.number for line in quoted]
    assert len(numbers) == len(set(numbers))
    for place in places:
        if is_whole(place):
            continue
        line = next(line for line in quoted if line.number == place.line)
        marks = "".join("#" if piece.mark else " " for piece in line.pieces for _ in piece.text)
        first = place.start - line.start
        assert marks[first : first + place.end - place.start + 1].strip(" #") == ""
        assert " " not in marks[first : first + place.end - place.start + 1]


def test_rivals_that_were_not_followed_to_the_end_say_so() -> None:
    facts = hostile()
    amount = facts.printed_amounts[0]
    for complete in (True, False):
        made = replace(facts, printed_amounts=(replace(amount, rivals_complete=complete),))
        text = reports.page(made, lines_of(TONGNAN))
        assert ("未逐一穷尽" in text) is not complete
