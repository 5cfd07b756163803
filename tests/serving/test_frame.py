"""What stands around every page: the switch of language, the navigation, the foot."""

from __future__ import annotations

import re
from html import unescape

import pytest
from tests.serving.conftest import Client
from tests.serving.small_release import PROJECT_PATH

from fiscograph.forms import load_forms
from fiscograph.serving.frame.form_words import COLUMNS, FORMS
from fiscograph.serving.frame.navigation import ENTRIES

HTML = "text/html"
SWITCH = re.compile(r'<a class="language" href="([^"]+)"')


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/trace?q=%E6%B8%9D%E8%B4%A2%E7%A4%BE%E3%80%942022%E3%80%95155%E5%8F%B7",
        "/trace?number=a%26b%3Dc&q=&lang=zh",
        "/resolve?q=2022",
        f"/{PROJECT_PATH}.html",
        "/nothing/%22%3E%3Cb%3E",
        "//elsewhere.example/page",
    ],
)
def test_the_switch_gives_the_same_page_in_the_other_language_and_back(
    client: Client, address: str
) -> None:
    page = client.get(address, HTML)
    there = unescape(SWITCH.findall(page.text)[0])
    other = client.get(there, HTML)
    assert other.status_code == page.status_code
    assert other.headers["Content-Language"] == "en"
    back = unescape(SWITCH.findall(other.text)[0])
    assert back == there.replace("lang=en", "lang=zh")
    assert there.startswith("/")
    assert not there.startswith("//")


def test_each_entry_of_the_navigation_is_marked_on_its_own_page_alone(client: Client) -> None:
    for entry in ENTRIES:
        if "#" in entry.path or client.get(entry.path).status_code != 200:
            continue
        page = client.get(entry.path, HTML).text
        current = re.findall(r'<a href="([^"]+)" aria-current="page"', page)
        assert current == [entry.path]


def test_every_form_and_column_that_is_read_has_a_name_in_both_languages() -> None:
    forms = load_forms().forms
    read = {column.key for form in forms for column in form.columns if column.is_amount}
    mend = "name it in serving/frame/form_words.py"
    assert {form.id for form in forms} - set(FORMS) == set(), mend
    assert read - set(COLUMNS) == set(), mend
