"""The questions about a contract, asked when it is entered and when it is amended."""

from typing import Any

from borough.kernel.pages import fields, forms
from borough.partnership.register import columns, models

ROWS = models.Particulars


class Particulars(forms.Form):
    """What is published of a contract."""

    title = fields.TextField(what="the title", label="What is the title?", max_length=120)
    department = fields.TextField(
        what="the department",
        label="Which department of the council is responsible?",
        max_length=80,
    )
    description = fields.LongTextField(
        what="what is provided",
        label="Which goods or services are provided?",
        help_text="Everybody can read it: name no resident and no member of staff.",
        max_length=500,
    )
    supplier = fields.TextField(
        what="the supplier", label="What is the supplier called?", max_length=120
    )
    supplier_details = fields.TextField(
        what="details of the supplier",
        label="What else says who the supplier is?",
        help_text="Like its town and website. Not the home address of a sole trader.",
        max_length=200,
        required=False,
    )
    value_pence = fields.MoneyField(what="a sum", label="What is to be paid?")
    value_is = fields.ChoiceField(
        what="which sum it is", label="Which sum is that?", choices=ROWS.Sum.choices
    )
    vat_pence = fields.MoneyField(
        what="the VAT",
        label="How much VAT of it cannot be recovered?",
        help_text="Leave it empty where nobody has worked it out.",
        required=False,
    )
    starts = fields.DayField(what="the first day", label="What is its first day?")
    ends = fields.DayField(
        what="the last day",
        label="What is its last day, if one was agreed?",
        required=False,
    )
    review_on = fields.DayField(
        what="the review date", label="When is it reviewed next?", required=False
    )
    process = fields.ChoiceField(
        what="what it was the result of",
        label="What was it the result of?",
        choices=ROWS.Process.choices,
    )
    is_small = fields.YesNoField(
        what="yes if the supplier is a small or medium sized enterprise",
        label="Is the supplier a small or medium sized enterprise?",
    )
    is_voluntary = fields.YesNoField(
        what="yes if the supplier is a voluntary or community sector organisation",
        label="Is the supplier a voluntary or community sector organisation?",
    )
    registered_with = fields.SelectField(
        what="a register",
        label="With whom is the supplier registered, if with anybody?",
        choices=ROWS.Registered.choices,
        empty="Nobody, or not known",
        required=False,
    )
    registration = fields.TextField(
        what="the number",
        label="What is its number there?",
        max_length=20,
        required=False,
    )


class Enter(Particulars):
    """A contract that is not on the register."""

    reference = fields.TextField(
        what="the reference number", label="What is its reference number?", max_length=40
    )
    is_partnership = fields.YesNoField(
        what="yes if it is the contract between the council and its partner",
        label="Is it the contract between the council and its partner?",
        help_text="What the partner charges, and what the measures come to, is shown with it.",
    )
    field_order = ("reference",)


class Amend(Particulars):
    """What holds from a day on, and why."""

    since = fields.DayField(what="the day", label="From which day does that hold?")
    because = fields.TextField(
        what="what was agreed, and where",
        label="What was agreed, and where?",
        help_text="Like “Extended by a year, Cabinet of 4 June”. Everybody can read it.",
        max_length=200,
    )
    field_order = ("since", "because")


def told(answers: dict[str, Any]) -> columns.Told:
    """Return what a valid form says of a contract."""
    said = {name: answers[name] for name in columns.FIELDS}
    said["value_is"] = ROWS.Sum(said["value_is"])
    said["process"] = ROWS.Process(said["process"])
    return columns.Told(**said)
