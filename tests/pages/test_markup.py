"""The checks of a page's text must be able to fail: each is shown a page with one fault."""

import pytest

from tests import markup

GOOD = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Page \N{EN DASH} Borough \N{EN DASH} The council</title></head>
<body><h1>Page</h1><h2>Part</h2><label for="a">A</label><input id="a" name="a"></body></html>"""


def test_a_sound_page_passes() -> None:
    markup.check(GOOD)


@pytest.mark.parametrize(
    ("good", "bad", "complaint"),
    [
        ("Page \N{EN DASH} Borough", "Page", "not page, Borough, council"),
        ("<title>Page", "<title>Error: Page", "title in error"),
        ("<h1>Page</h1>", "", "0 h1"),
        ("<h2>Part</h2>", "<h1>Part</h1>", "2 h1"),
        ("<h2>Part</h2>", "<h3>Part</h3>", "headings skip"),
        ("<h2>", '<h2 id="a">', "ids used twice"),
        ('for="a"', 'for="b"', "points nowhere"),
        (' lang="en-GB"', "", "the language of the page"),
        ("<h2>", '<a href="#no">x</a><h2>', "lead nowhere"),
        ("<h2>Part</h2>", "<h2>Part", "not strict HTML"),
        ("<!DOCTYPE html>", "", "not strict HTML"),
        ("<h2>", '<h2 style="color: red">', "style"),
        ("<h2>", '<h2 onclick="x()">', "onclick"),
        ("</body>", "<script>x()</script></body>", "a script in the page"),
        ("</body>", '<a href="javascript:x()">x</a></body>', "a link that is"),
        ("<h2>", '<div class="govuk-error-summary"><a href="#no">x</a></div><h2>', "to nowhere"),
        ("<h2>", '<div class="govuk-error-summary"><a href="#d">x</a></div><p id="d"></p><h2>',
         "takes no focus"),
    ],
)  # fmt: skip
def test_one_fault_is_found(good: str, bad: str, complaint: str) -> None:
    assert good in GOOD
    with pytest.raises((AssertionError, ValueError), match=complaint):
        markup.check(GOOD.replace(good, bad, 1))
