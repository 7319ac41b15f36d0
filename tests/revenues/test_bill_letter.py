import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path

import pikepdf
import pytest

import borough
from borough.kernel.documents import typesetting
from borough.lines.revenues.letters import bill, frame, specimen

ROOT = Path(borough.__file__).parent
CHARGE, DISCOUNT = specimen.LINES
HOSTILE = (
    '*bold* #panic("x") $x^2$ <a> @b `c` \\n \\u{41} "q" // gone /* gone */ \N{GRINNING FACE} '
    "\N{HEBREW LETTER SHIN}\N{HEBREW LETTER LAMED}\N{RIGHT-TO-LEFT OVERRIDE}sdrawkcab " + "Ab" * 70
)


def pdf_of(said: bill.BillData) -> bytes:
    order = typesetting.Order(1, ROOT, f"/{bill.TEMPLATE}", said.as_json(), said.issued_on)
    return typesetting.typeset(order)


def text_of(said: bill.BillData, *how: str) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("NOT PROVEN: pdftotext (poppler-utils) is not here to read the bill back")
    run = subprocess.run(["pdftotext", *how, "-", "-"], input=pdf_of(said), capture_output=True)
    return run.stdout.decode().replace("\N{NO-BREAK SPACE}", " ")


def opened(said: bill.BillData) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf_of(said)))


def dictionaries(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Dictionary]:
    return [
        one
        for one in pdf.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == kind
    ]


def fullest() -> bill.BillData:
    """Return a bill with all that one can hold: 12 instalments, four lines, earlier years."""
    lines = (
        CHARGE,
        replace(DISCOUNT, kind="disabled", words="Charged as band B", pence=-27_141,
                because="Your home has a room that a disabled person needs."),
        replace(DISCOUNT, pence=-30_000, starts=date(2026, 6, 3)),
        replace(DISCOUNT, kind="reduction", words="Council Tax Reduction", pence=-60_000,
                because="Your income is low; we wrote to you on 3 March."),
    )  # fmt: skip
    return specimen.a_bill(
        addressees=("Mr Alexander Montgomery-Featherstonehaugh", "Mrs Ann Featherstonehaugh"),
        lines=lines,
        bodies=(
            *specimen.BODIES,
            bill.Body(name="Maghull Parish", year_pence=0, change_tenths=None),
        ),
        paid_pence=10_000,
        instalments=twelve(217_134 - 27_141 - 30_000 - 60_000 - 10_000),
        earlier=(
            bill.Earlier(year="2024 to 2025", pence=23_011),
            bill.Earlier(year="2025 to 2026", pence=-4_000),
        ),
        replaces=date(2026, 3, 1),
        why_replaced="One adult lives in your home from 3 June 2026.",
        before_pence=217_134,
        changed_from=date(2026, 6, 3),
    )


def of_three_periods() -> bill.BillData:
    """Return a bill of a year in which things changed twice: nine lines, three reasons."""
    days = (date(2026, 4, 1), date(2026, 9, 1), date(2026, 12, 1), date(2027, 4, 1))
    lines = []
    for starts, ends in pairwise(days):
        when = {"starts": starts, "ends": ends}
        lines += [
            replace(CHARGE, pence=70_000, **when),
            replace(DISCOUNT, pence=-17_500, **when),
            replace(DISCOUNT, kind="reduction", words="Council Tax Reduction", pence=-10_000,
                    because="Awarded under our scheme for people with a low income", **when),
        ]  # fmt: skip
    return specimen.a_bill(lines=tuple(lines), instalments=twelve(3 * 42_500))


def twelve(due_pence: int) -> tuple[frame.Payment, ...]:
    each = round(due_pence / 1200) * 100
    first = due_pence - 11 * each
    days = [date(2026, month, 1) for month in range(4, 13)]
    days += [date(2027, month, 1) for month in range(1, 4)]
    return tuple(
        frame.Payment(due_on=day, pence=first if number == 0 else each)
        for number, day in enumerate(days)
    )


def pence(words: str) -> int:
    sign = -1 if words.startswith("\N{MINUS SIGN}") else 1
    return sign * int(re.sub(r"[^0-9]", "", words))


MONEY = "(\N{MINUS SIGN}?£[0-9,]+\\.[0-9]{2})"


# What is printed


@pytest.mark.parametrize("said", [specimen.a_bill(), fullest()], ids=["usual", "fullest"])
def test_the_amounts_printed_add_up(said):
    text = text_of(said, "-layout")
    first, second = text.split("\f")[:2]
    due = pence(re.search(rf"{MONEY}\s+for 1 April 2026", first)[1])
    dated = re.findall(rf"^\s*\d+ \w+ 202\d\s+{MONEY}", first, re.MULTILINE)
    assert len(dated) == len(said.instalments)
    assert sum(map(pence, dated)) == due == said.due_pence
    worked, goes = second.split("Where your Council Tax goes")
    lines = re.findall(rf" 3\d\d\s+{MONEY}", worked)
    charge = pence(re.search(rf"Council Tax for this bill\s+{MONEY}", worked)[1])
    assert sum(map(pence, lines)) == charge == due + said.paid_pence
    bodies = re.findall(rf"(?:%|comparison)\s+{MONEY}", goes)
    total = pence(re.search(rf"Total for band C\s+{MONEY}", goes)[1])
    assert len(bodies) == len(said.bodies)
    assert sum(map(pence, bodies)) == total == 217_134


def test_it_is_read_in_the_order_in_which_it_matters():
    text = text_of(specimen.a_bill())
    marks = ["Council Tax bill", "Mary Specimen", "What you pay and when", "£1,628.51",
             "How to pay", "Worried about paying?", "0300 000 0000", "How we worked out your bill",
             "Where your Council Tax goes", "Tell us when something changes",
             "If you think this bill is wrong", "valuationtribunal.gov.uk"]  # fmt: skip
    places = [text.index(marks[0])]
    for mark in marks[1:]:
        places.append(text.index(mark, places[-1]))
    assert places == sorted(places)
    assert text.index("Worried about paying?") < text.index("\f")  # on the first page


@pytest.mark.parametrize(
    "words",
    [
        "Mary Specimen",  # Schedule 1 paragraph 2
        "12 March 2026",  # 3
        "1 April 2026 to 31 March 2027",  # 4
        "14 Lighthouse Row, Northshore, Seaholme, ZZ4 7QP",  # 5
        "Band C",  # 6
        "Borough of Seaholme +5.0% £1,816.48",  # 7 and 13
        "Police and Crime Commissioner +5.3% £247.97",  # 8 and 13
        "Single person discount, 25 per cent, 1 April 2026 to 31 March 2027",  # 18
        "You told us that one adult lives in your home. 365 \N{MINUS SIGN}£542.83",  # 18 and 19
        "If at any time up to 31 March 2028 you have reason to believe",  # 19
        "must tell us within 21 days",  # 19
        "penalty of £70.00",  # 19
        "£1,628.51 for 1 April 2026",  # 22
        "sold for on 1 April 1991",  # 27(a)
        "Exempt homes.",  # 27(b)(i)
        "Discounts.",  # 27(b)(ii)
        "Disability.",  # 27(b)(iii)
        "Annexes.",  # 27(b)(vi), SI 2013/2977
        "Council Tax Reduction",  # 27(b)(v)
        "section 13A",  # 27(b)(v)
        "gov.uk/challenge-council-tax-band",  # 27(c)(i)
        "valuationtribunal.gov.uk",  # 27(c)(ii)
        "12 monthly payments",  # SI 2012/3087
        "ask us for a free paper copy",  # Schedule 2 on the web
    ],
)
def test_it_says_what_the_regulations_ask(words):
    assert words in " ".join(text_of(specimen.a_bill(), "-raw").split())


@pytest.mark.parametrize(
    ("pence", "printed"),
    [(0, "£0.00"), (5, "£0.05"), (99_999, "£999.99"), (100_000, "£1,000.00"),
     (123_456_789, "£1,234,567.89"), (-1, "\N{MINUS SIGN}£0.01"),
     (-54_283, "\N{MINUS SIGN}£542.83"),
     (-217_100, "\N{MINUS SIGN}£2,171.00")],
)  # fmt: skip
def test_pence_are_printed_as_pounds_both_here_and_there(pence, printed):
    assert frame.pounds(pence) == printed
    said = specimen.a_bill(bodies=(bill.Body(name="A", year_pence=pence, change_tenths=0),))
    assert f"A 0.0% {printed}" in " ".join(text_of(said, "-raw").split())


def test_a_reason_that_holds_all_year_is_told_once_and_its_days_each_time():
    text = " ".join(text_of(of_three_periods(), "-raw").split())
    assert text.count("You told us that one adult lives in your home.") == 1
    assert text.count("Single person discount, 25 per cent, 1 ") == 3
    assert "Single person discount, 25 per cent, 1 December 2026 to 31 March 2027" in text


def test_a_premium_carries_its_reason_and_its_duty():
    premium = replace(CHARGE, kind="premium", words="Premium of 100 per cent",
                      because="Empty and unfurnished since 3 May 2024")  # fmt: skip
    said = specimen.a_bill(lines=(CHARGE, premium), instalments=twelve(2 * 217_134))
    text = " ".join(text_of(said, "-raw").split())
    assert "Premium of 100 per cent, 1 April 2026 to 31 March 2027. Empty and unfurnished" in text
    assert "Your bill is higher because of the premium listed above." in text
    assert "tell us within 21 days. If you do not, without a reasonable excuse" in text


def test_earlier_years_stand_apart():
    text = " ".join(text_of(fullest(), "-raw").split())
    assert (
        "Earlier years, not part of the amounts above: £230.11 still to pay for 2024 to 2025;"
        " £40.00 in credit for 2025 to 2026." in text
    )
    assert "This replaces the bill of 1 March 2026." in text


def test_a_bill_in_credit_asks_for_nothing():
    text = text_of(specimen.a_bill(paid_pence=172_851, instalments=()))
    assert "Nothing to pay" in text
    assert "£100.00 in credit" in text
    assert "Pay by" not in text


def test_an_unverified_penalty_names_no_figure():
    text = " ".join(text_of(specimen.a_bill(penalty_pence=None)).split())
    assert "we may charge a penalty." in text


def test_only_an_invented_bill_says_so():
    assert "Invented town" in text_of(specimen.a_bill(invented=True))
    assert "Invented town" not in text_of(specimen.a_bill(invented=False))


# How it is printed


@pytest.mark.parametrize(
    "said",
    [specimen.a_bill(), fullest(), specimen.a_bill(large_print=True)],
    ids=["usual", "fullest", "large print"],
)
def test_it_is_a_tagged_pdf_that_says_so(said):
    with opened(said) as pdf, pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"] == str(pdf.docinfo["/Title"]) == said.title
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        tags = [str(one.S) for one in dictionaries(pdf, "/StructElem")]
    assert tags.count("/H1") == 1
    assert tags.count("/Table") == 3
    assert tags.count("/TH") == 2 + 3 + 3
    assert {"/H2", "/L", "/LI", "/P"} <= set(tags)


def test_it_brings_its_own_fonts():
    said = specimen.a_bill(addressees=("Жанна \N{HEBREW LETTER SHIN}",))
    with opened(said) as pdf:
        fonts = dictionaries(pdf, "/FontDescriptor")
        names = {str(font.FontName).partition("+")[2] for font in fonts}
        assert all("/FontFile2" in font for font in fonts)
    assert names == {"AtkinsonHyperlegible-Regular", "AtkinsonHyperlegible-Bold", "DejaVuSans"}


@pytest.mark.parametrize(
    "said",
    [specimen.a_bill(), fullest(), of_three_periods()],
    ids=["usual", "fullest", "three periods"],
)
def test_it_takes_two_pages(said):
    with opened(said) as pdf:
        assert len(pdf.pages) == 2


EVERY_SHAPE = pytest.mark.parametrize(
    "said",
    [
        specimen.a_bill(),
        fullest(),
        specimen.a_bill(addressees=(HOSTILE,), property_address=("Ab" * 100,)),
        specimen.a_bill(large_print=True),
    ],
    ids=["usual", "fullest", "hostile", "large print"],
)


def words_of(said: bill.BillData, page: int) -> list[tuple[float, float, float, float, str]]:
    """Return each word's left, top, right and bottom in millimetres, and the word."""
    found = re.findall(
        r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>',
        text_of(said, "-bbox", "-f", str(page), "-l", str(page)),
    )
    return [(*(float(side) * 25.4 / 72 for side in box), word) for *box, word in found]


@EVERY_SHAPE
def test_the_window_shows_the_address_and_nothing_else(said):
    """The window of a DL envelope, wherever the sheet slides in it: 46 to 92 mm from the top."""
    shown = [one for one in words_of(said, 1) if one[0] < 110 and one[3] > 46 and one[1] < 92]
    assert [word for *_, word in shown[-2:]] == ["ZZ4", "7QP"]
    assert all(left >= 20 and right <= 110 for left, _, right, *_ in shown)
    assert all(top >= 53 and bottom <= 85 for _, top, _, bottom, _ in shown)
    if said.addressees != (HOSTILE,):
        assert [word for *_, word in shown] == " ".join((*said.addressees, *said.address)).split()


def test_the_name_of_the_council_keeps_clear_of_a_title_of_two_lines():
    council = replace(specimen.COUNCIL, name="Borough of Seaholme (invented town)")
    words = words_of(specimen.a_bill(council=council, replaces=date(2026, 3, 1)), 1)
    [sender, *_] = [one for one in words if one[4] == "Borough"]
    [title, *_] = [one for one in words if one[4] == "New"]
    assert title[1] - sender[3] > 1


@EVERY_SHAPE
def test_no_word_lies_on_another_or_leaves_the_paper(said):
    with opened(said) as pdf:
        pages = len(pdf.pages)
    for page in range(1, pages + 1):
        words = [one for one in words_of(said, page) if one[0] < one[2]]
        assert words
        assert all(left >= 19 and right <= 191 for left, _, right, *_ in words)
        assert all(top >= 10 and bottom <= 290 for _, top, _, bottom, _ in words)
        assert [pair for pair in combinations(words, 2) if overlap(*pair)] == []


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Tell whether two words share paper; the outer quarters of a line may touch the next line."""
    (left, top, right, bottom), (left2, top2, right2, bottom2) = one[:4], other[:4]
    slack, slack2 = (bottom - top) / 4, (bottom2 - top2) / 4
    beside = right - 0.2 <= left2 or right2 - 0.2 <= left
    above = bottom - slack <= top2 + slack2 or bottom2 - slack2 <= top + slack
    return not beside and not above


def test_a_hostile_name_is_printed_as_it_stands_and_moves_nothing():
    usual = text_of(specimen.a_bill(addressees=("Mary",)), "-raw")
    hostile = text_of(specimen.a_bill(addressees=(HOSTILE,)), "-raw")
    printed = hostile.replace("\N{ZERO WIDTH SPACE}", "").replace(" ", "").replace("\n", "")
    for part in ("*bold* #panic(", "$x^2$ <a> @b `c` \\n \\u{41}", "// gone /* gone */",
                 "\N{GRINNING FACE}", "sdrawkcab", "Ab" * 70):  # fmt: skip
        assert part.replace(" ", "") in printed
    after = "14 Lighthouse Row\nNorthshore\n"
    assert hostile.partition(after)[2] == usual.partition(after)[2] != ""
    assert hostile.count("\f") == 2


# What is refused


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"instalments": specimen.INSTALMENTS[1:]}, r"come to £1,467\.00, but £1,628\.51 is due"),
        ({"instalments": specimen.INSTALMENTS[::-1]}, "in order of their days"),
        ({"ends": date(2026, 4, 1)}, "must end after it starts"),
        ({"ends": date(2027, 3, 31)}, "outside the period"),
        ({"addressees": ()}, "names who pays"),
        ({"lines": (CHARGE,)}, r"but £2,171\.34 is due"),
    ],
)
def test_a_bill_that_does_not_add_up_cannot_be_made(changes, because):
    with pytest.raises(frame.DoesNotAddUp, match=because):
        specimen.a_bill(**changes)


# Small sums, by hand


@pytest.mark.parametrize(
    ("now", "before", "tenths"),
    [
        (181_648, 173_014, 50),  # Sefton band C, 2025/26 on 2024/25: 4.990... per cent
        (10_000, 10_000, 0),
        (9_950, 10_000, -5),
        (20_010, 20_000, 1),  # 0.05 per cent: half goes up
        (19_990, 20_000, -1),
        (500, 0, None),
    ],
)
def test_the_change_from_last_year_has_one_decimal(now, before, tenths):
    assert bill.change_tenths(now, before) == tenths


@pytest.mark.parametrize(
    ("amounts", "sentence"),
    [
        ((16_151, *[16_300] * 9), "£161.51, then 9 payments of £163.00"),
        ((5_000, 5_000), "2 payments of £50.00"),
        ((5_100, 5_000), "£51.00, then 1 payment of £50.00"),
        ((162_851,), "one payment of £1,628.51"),
        ((100, 200, 300), "3 payments, as listed"),
        ((), ""),
    ],
)
def test_the_instalments_in_one_sentence(amounts, sentence):
    instalments = tuple(
        frame.Payment(
            due_on=date(2026, 4 + number, 1) if number < 9 else date(2027, 1, 1), pence=each
        )
        for number, each in enumerate(amounts)
    )
    assert frame.plan(instalments) == sentence
