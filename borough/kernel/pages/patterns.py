"""The invented content of the pattern library: plainly made up, so that nobody mistakes it."""

from datetime import UTC, date, datetime
from typing import Any

from borough.kernel.pages import cells, charts, components, fields, forms, tables, wording

BANDS = [("A", "Band A"), ("B", "Band B"), ("C", "Band C"), ("D", "Band D")]
REASONS = [
    ("moved", "They moved away"),
    ("mistake", "We made a mistake"),
    ("other", "Something else"),
]
CONTACTS = [("letter", "Letter"), ("email", "Email"), ("text", "Text message")]


class EveryField(forms.Form):
    """One field of each kind."""

    reference = fields.TextField(
        what="an account reference",
        label="What is the account reference?",
        help_text="It is on the bill, for example 100 0012 3",
        max_length=12,
    )
    email = fields.EmailField(label="What is their email address?", required=False)
    password = fields.PasswordField(what="your password", label="Your password")
    starts = fields.DayField(
        what="the day the discount starts",
        label="From which day does one adult live there?",
        help_text="For example, 27 3 2026",
        earliest=date(1993, 4, 1),
    )
    amount = fields.MoneyField(
        what="the amount of the refund", label="How much is the refund?", least_pence=1
    )
    days = fields.WholeNumberField(
        what="the number of days", label="How many days were they away?", suffix="days", min_value=1
    )
    band = fields.SelectField(what="a band", label="Which band is it in?", choices=BANDS)
    reason = fields.ChoiceField(
        what="why the bill changes",
        label="Why does the bill change?",
        choices=REASONS,
        hints={"mistake": "The resident gets a letter that says so"},
    )
    is_empty = fields.YesNoField(
        what="yes if the property is empty", label="Is the property empty?"
    )
    contact = fields.ChoicesField(
        what="how we may write to them",
        label="How may we write to them?",
        help_text="Select all that apply",
        choices=CONTACTS,
    )
    story = fields.LongTextField(
        what="what they told us", label="What did they tell us?", required=False, max_length=2000
    )
    evidence = fields.UploadField(
        what="a photograph or a PDF",
        label="Do you have something that shows this?",
        extensions=frozenset({"pdf", "jpg", "png"}),
        required=False,
    )
    confirmed = fields.ConfirmField(
        what="to confirm that you read it back to them", label="I read this back to them"
    )


MISTAKEN = {
    "email": "not an address",
    "starts_day": "31",
    "starts_month": "feb",
    "starts_year": "2026",
    "amount": "12.345",
    "days": "a few",
}


class Accounts(forms.FilterForm):
    """The filters of the invented list."""

    band = fields.SelectField(what="a band", label="Band", choices=BANDS, empty="Any band")
    least = fields.MoneyField(what="an amount", label="Owing at least")
    due = fields.DayField(what="a day", label="Due on or after")
    contact = fields.ChoicesField(what="a way", label="Writes by", choices=CONTACTS)


COLUMNS = (
    tables.text("reference", "Account", sort="reference", link="href"),
    tables.text("payer", "Payer", sort="payer"),
    tables.text("address", "Address"),
    tables.text("band", "Band", sort="band"),
    tables.day("due_on", "Next due", sort="due_on"),
    tables.text("state", "State"),
    tables.money("balance_pence", "Balance", sort="balance_pence"),
)

ROWS: tuple[dict[str, Any], ...] = (
    {
        "reference": "100 0012 3",
        "href": "#accounts",
        "payer": "Ada Invented",
        "address": "1 Nowhere Lane",
        "band": "A",
        "due_on": date(2026, 12, 1),
        "state": cells.Tag("Reminded", "yellow"),
        "balance_pence": 31_250,
    },
    {
        "reference": "100 0047 8",
        "href": "#accounts",
        "payer": "Benjamin Made-Up",
        "address": "Flat 2, 9 Pretend Terrace",
        "band": "C",
        "due_on": date(2026, 12, 15),
        "state": cells.Tag("Up to date", "green"),
        "balance_pence": 0,
    },
    {
        "reference": "100 0051 0",
        "href": "#accounts",
        "payer": "Clara Fictitious",
        "address": "14 Example Crescent",
        "band": "B",
        "due_on": None,
        "state": cells.Tag("In credit"),
        "balance_pence": -4_118,
    },
    {
        "reference": "100 0093 6",
        "href": "#accounts",
        "payer": "David Imaginary",
        "address": "The Old Story, Nowhere Lane",
        "band": "D",
        "due_on": date(2026, 11, 1),
        "state": cells.Tag("Summons issued", "red"),
        "balance_pence": 123_456,
    },
)

TRAIL = (cells.Link("Home", "/"), cells.Link("Council Tax", "#record"))

IDENTITY = components.Identity(
    name="Ada Invented",
    flags=(cells.Tag("Large print"), cells.Tag("Hold until 1 Dec 2026", "orange")),
    rows=(
        components.Row("Account", "100 0012 3"),
        components.Row("Address", "1 Nowhere Lane, Invented Town"),
        components.Row("Balance", cells.Pence(31_250)),
    ),
)

SECTIONS = (
    components.Section("Account", "#record", current=True),
    components.Section("Payments", "#record", count=12),
    components.Section("Letters", "#record", count=3),
    components.Section("History", "#timeline"),
)

SUMMARY = (
    components.Row("Payer", "Ada Invented"),
    components.Row(
        "Address",
        cells.Lines(("1 Nowhere Lane", "Invented Town", "ZZ1 1ZZ")),
        (cells.Link("Change", "#record", "the address"),),
    ),
    components.Row("Charge for the year", cells.Pence(125_000)),
    components.Row(
        "Single person discount",
        "25 per cent from 1 April 2026",
        (cells.Link("End", "#record", "the discount"), cells.Link("Review", "#record")),
    ),
    components.Row("Date of birth", None),
)

SIDE = (
    components.Row("Next instalment", cells.Pence(9_375)),
    components.Row("Due on", date(2026, 12, 1)),
    components.Row("Pays by", "Direct Debit on the 1st"),
)

TASKS = (
    components.Task("Who lives there", cells.Tag("Done", "green"), "#tasks"),
    components.Task("Income and savings", "Not yet started", "#tasks", "Payslips help"),
    components.Task("Check and send", "Cannot start yet"),
)

EVENTS = (
    components.Event(
        "Reminder issued",
        datetime(2026, 11, 20, 10, 16, tzinfo=UTC),
        by="Erin Officer",
        detail="£312.50 was due on 1 November 2026.",
        service="Council Tax",
        href="#timeline",
    ),
    components.Event("Payment of £93.75 received", date(2026, 10, 1), service="Council Tax"),
    components.Event(
        "Single person discount given",
        date(2026, 4, 1),
        by="Erin Officer",
        detail="£312.50 off the year.",
        service="Council Tax",
    ),
)

WORKING = components.Working(
    lines=(
        components.Slice(
            "Band A: six ninths of the band D charge of £1,875.00",
            125_000,
            law="Local Government Finance Act 1992, section 5",
        ),
        components.Slice(
            "Less 25 per cent: one counted adult",
            -31_250,
            law="Local Government Finance Act 1992, section 11(1)",
            within=(
                components.Slice("Adults who live there: 2", None),
                components.Slice("Disregarded: 1 student", None),
            ),
        ),
    ),
    total_pence=93_750,
    result="Charge for 2026-27",
    not_modelled=("Relief for this year's energy scheme",),
)

CHARTS = (
    charts.bars(
        "Dwellings by band",
        "Most dwellings of the invented town are in band A.",
        [("Band A", 812), ("Band B", 455), ("Band C", 390), ("Band D", 207), ("Band E", None)],
        of="Band",
    ),
    charts.stacked_bars(
        "What is owed, by age",
        "Of what is owed, about one pound in six is older than last year's.",
        [
            ("Council Tax", [1_250_000, 310_050, 150_000]),
            ("Benefit overpaid", [410_000, 90_000, 260_000]),
        ],
        series=["This year", "Last year", "Older"],
        of="Service",
        shows=wording.money,
    ),
    charts.lines(
        "Collected by the end of each month",
        "This year is a little ahead of last year; July's figure is missing.",
        ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"],
        {
            "This year": [11, 20, 29, None, 48, 57, 66, 75],
            "Last year": [10, 19, 28, 37, 46, 55, 64, 73],
        },
        of="Month",
    ),
)
