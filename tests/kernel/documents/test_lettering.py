import pytest

from borough.kernel.documents import lettering


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Mary Rimmer", "Mary Rimmer"),
        ("Siân Ŵyn-Ó Briain", "Siân Ŵyn-Ó Briain"),
        ("Łukasz Żółć", "Łukasz Żółć"),
        ("שלום مرحبا Жанна", "שלום مرحبا Жанна"),
        ('*b* #panic() $x$ \\ "q"', '*b* #panic() $x$ \\ "q"'),
        ("Mary 😀", "Mary 😀"),  # our second font happens to have it
        ("王小明", "□□□"),
        ("🏠", "□"),
        ("a\tb\nc\x07d", "a b c d"),
        ("safe\u202eesrever", "safeesrever"),
        ("e\u0301", "é"),
    ],
)
def test_what_a_letter_shows_of_a_name(given, shown):
    assert lettering.showable({"names": [given]}) == {"names": [shown]}


def test_numbers_and_nothing_stay_as_they_are():
    assert lettering.showable([1, None, True, {"a": 2}]) == [1, None, True, {"a": 2}]
