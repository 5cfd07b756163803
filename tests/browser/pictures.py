"""Takes the pictures of the pages that the docs show.

    $ python -m tests.browser.pictures [--out docs/pictures] [--release published]

serves a release and writes one small WebP per kind of page; look at them before committing.
"""

from __future__ import annotations

import argparse
import base64
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page
from tests.browser.conftest import ROOT, serving, started, visited
from tests.browser.kinds import KINDS

MOST_BYTES = 100_000
DESK, TALL, PHONE = (1200, 900), (1200, 1600), (390, 844)
# Kinds of which a picture tells nothing that another does not.
LEFT_OUT = frozenset({"several", "sparql-answer", "sparql-fault", "nothing"})
# Kinds whose first screen does not show yet what they are for.
LONG = frozenset({"start", "filing", "organization"})
# In the browser itself, which knows how to write WebP.
_WEBP = """async ([png, quality]) => {
  const blob = await (await fetch("data:image/png;base64," + png)).blob();
  const image = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext("2d").drawImage(image, 0, 0);
  const made = await canvas.convertToBlob({type: "image/webp", quality});
  const bytes = new Uint8Array(await made.arrayBuffer());
  return [...bytes];
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """``name`` of the file, the page, its language and the window; ``run`` presses the editor's
    button and looks at the chart; ``part`` is the one element that is shown.
    """

    name: str
    path: str
    language: str = "zh"
    size: tuple[int, int] = DESK
    run: bool = False
    part: str | None = None


def wanted() -> list[Picture]:
    """One picture per kind of page, and what only a phone, English or a chart shows."""
    found = [
        Picture(name=kind.name, path=kind.path, size=TALL if kind.name in LONG else DESK)
        for kind in KINDS
        if kind.name not in LEFT_OUT
    ]
    return [
        *found,
        Picture(name="start-en", path="/", language="en"),
        Picture(name="compare", path="/compare"),
        Picture(name="region", path="/region/500152", size=TALL),
        Picture(name="traced-phone", path=by_name("traced"), size=PHONE),
        Picture(name="runs", path=by_name("filing"), part="figure.flow"),
        Picture(name="sparql-chart", path="/sparql?example=12", run=True),
    ]


def by_name(name: str) -> str:
    return next(kind.path for kind in KINDS if kind.name == name)


def taken(browser: Browser, server: str, picture: Picture) -> bytes:
    """A picture as WebP."""
    width, height = picture.size
    with visited(browser, server, width=width, height=height, language=picture.language) as page:
        answer = page.goto(picture.path)
        if answer is None or not answer.ok:
            raise ValueError(f"{picture.path} answers {answer and answer.status}")
        page.wait_for_load_state("networkidle")
        if picture.run:
            chart(page)
        shown = page if picture.part is None else page.locator(picture.part)
        png = shown.screenshot(animations="disabled", caret="hide")
    return webp(browser, png)


def chart(page: Page) -> None:
    page.get_by_role("button", name="运行").click()
    page.get_by_role("button", name="条形图").click()
    page.locator("figure.chart svg").wait_for()
    page.locator("#result").scroll_into_view_if_needed()


def webp(browser: Browser, png: bytes) -> bytes:
    """The best quality that stays small enough."""
    blank = browser.new_page()
    try:
        for quality in (0.8, 0.6, 0.45, 0.3, 0.2):
            made = bytes(blank.evaluate(_WEBP, [base64.b64encode(png).decode(), quality]))
            if len(made) <= MOST_BYTES:
                return made
    finally:
        blank.close()
    raise ValueError(f"no quality makes it smaller than {MOST_BYTES} bytes")


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.browser.pictures")
    parser.add_argument("--out", type=Path, default=ROOT / "docs/pictures")
    parser.add_argument("--release", type=Path, default=ROOT / "published")
    parser.add_argument("--only", nargs="*", help="names of pictures")
    given = parser.parse_args(arguments)
    out: Path = given.out
    out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as var,
        serving(given.release.resolve(), Path(var)) as server,
        started() as browser,
    ):
        for picture in wanted():
            if given.only and picture.name not in given.only:
                continue
            content = taken(browser, server, picture)
            (out / f"{picture.name}.webp").write_bytes(content)
            sys.stdout.write(f"{picture.name}.webp {len(content):,}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
