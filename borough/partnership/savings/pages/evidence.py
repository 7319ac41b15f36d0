"""Bringing what shows a claim."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from borough.kernel import commanding, doing
from borough.kernel.pages import fields, forms
from borough.kernel.pages import wording as words
from borough.kernel.visits import Visit, page
from borough.partnership.savings import capabilities, models
from borough.partnership.savings.commands import evidence as commands
from borough.partnership.savings.queries import entries, tracing
from borough.partnership.savings.queries import years as reckoning
from borough.partnership.seats import capabilities as seat_capabilities
from borough.rules import years


class Rows(forms.Form):
    """Which row of the ledger shows a claim."""

    row = fields.ChoiceField(what="a row", label="Which row shows it?", choices=(), required=False)
    journal = fields.WholeNumberField(
        what="the number of a journal",
        label="The number of a journal of the ledger",
        required=False,
        min_value=1,
        max_value=10**18,
    )
    line = fields.WholeNumberField(
        what="the line", label="And which line of it?", required=False, min_value=1, max_value=9_999
    )


class Record(forms.Form):
    """The approved budget, or an audit."""

    level = fields.ChoiceField(
        what="which it is",
        label="What is it?",
        choices=[
            ("4", "The approved budget has it (E4)"),
            ("5", "An external auditor has looked at it (E5)"),
        ],
    )
    reference = fields.TextField(
        what="where it is written", label="Where is it written?", max_length=120
    )


class NoRow(commanding.Refusal):
    """No row was chosen."""


@page(capabilities.CLAIM_SAVING)
def bring_count(visit: Visit, number: int) -> HttpResponse:
    """Bring the newest count of a claim's measure."""
    entry = get_object_or_404(models.Entry, pk=number)
    what = reckoning.title(entry.measure) if entry.measure else "a measure"
    deed = doing.Deed(
        title="Bring a count",
        says=f"The newest count of {what} for {entry.year} becomes evidence of this claim (E2).",
        act=lambda: commands.bring_count(entry=entry, by=visit.actor, on=visit.today),
        done="Brought",
        back=reverse("partnership:claim", args=[number]),
        button="Bring the count",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@page(capabilities.CLAIM_SAVING)
def trace(visit: Visit, number: int) -> HttpResponse:
    """Trace a claim to a row of the ledger, for all of what is claimed."""
    entry = get_object_or_404(models.Entry, pk=number)
    form = Rows(doing.asked(visit))
    offered = _offered(entry, visit) if entry.in_charge else []
    forms.offer(form, "row", offered)
    if not offered:
        del form.fields["row"]
    deed = doing.Deed(
        title="Trace a claim to the ledger",
        says=f"{words.money(abs(entry.gross_pence))} of the row is tied to this claim (E3), and no "
        "other claim can have that part. A saving is a credit: a credit note, or income.",
        act=lambda journal, line, row="": commands.trace(
            entry=entry,
            rows=[_row(entry, row, journal, line)],
            by=visit.actor,
            on=visit.today,
        ),
        done="Traced",
        back=reverse("partnership:claim", args=[number]),
        places={NoRow: "journal", commands.RowsTaken: "row", commands.RowsDiffer: "row"},
        button="Trace it",
    )
    return doing.answer(visit, form, deed)


@page(capabilities.CLAIM_SAVING)
def bring_record(visit: Visit, number: int) -> HttpResponse:
    """Bring the approved budget, or an audit."""
    entry = get_object_or_404(models.Entry, pk=number)
    deed = doing.Deed(
        title="Bring the budget or an audit",
        says="It counts once both partners have signed it.",
        act=lambda level, reference: commands.bring_record(
            entry=entry, level=int(level), reference=reference, by=visit.actor, on=visit.today
        ),
        done="Brought",
        back=reverse("partnership:claim", args=[number]),
    )
    return doing.answer(visit, Record(doing.asked(visit)), deed)


@page(seat_capabilities.SIGN)
def sign(visit: Visit, number: int) -> HttpResponse:
    """Sign that the budget, or an audit, shows a claim."""
    evidence = get_object_or_404(models.Evidence.objects.select_related("entry"), pk=number)
    steps = models.Event.objects.filter(evidence=evidence).exists()
    deed = doing.Deed(
        title="Sign evidence",
        says=f"{entries.EVIDENCE[evidence.level]}: {evidence.reference}",
        act=lambda: commands.sign_record(evidence=evidence, by=visit.actor, on=visit.today),
        done="Signed",
        back=reverse("partnership:claim", args=[evidence.entry_id]),
        button="Sign it",
        over="Both partners have signed this." if steps else "",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


def _offered(entry: models.Entry, visit: Visit) -> list[tuple[str, str]]:
    """Return the rows of the year's charge of which something is left, as choices."""
    found = tracing.candidates(
        years.Year.named(entry.year), visit.today, credits=entry.gross_pence > 0
    )
    return [
        (
            f"{one.journal_id}/{one.line}",
            f"{one.narrative}, {words.day(one.on)}: {words.money(one.left_pence)} left",
        )
        for one in found
    ]


def _row(entry: models.Entry, chosen: str, journal: int | None, line: int | None) -> commands.Row:
    """Return the row that was chosen or written, for all of the claim."""
    if chosen and journal is None:
        first, _, second = chosen.partition("/")
        return commands.Row(int(first), int(second), -entry.gross_pence)
    if journal is None or line is None:
        raise NoRow("Choose a row, or write the number of a journal and its line.")
    return commands.Row(journal, line, -entry.gross_pence)
