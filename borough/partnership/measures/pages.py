"""What both partners see: every measure, each with what it cannot see, and how it came about."""

from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import resolve, reverse

from borough.kernel import doing, joining
from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, components, fields, forms, tables
from borough.kernel.pages import wording as words
from borough.kernel.visits import Visit, page
from borough.partnership.measures import (
    among,
    asking,
    capabilities,
    commands,
    definitions,
    entering,
    models,
    pictures,
    queries,
    wording,
)
from borough.partnership.seats import capabilities as seat_capabilities
from borough.partnership.seats import commands as signing_commands
from borough.partnership.seats import queries as seats
from borough.partnership.seats import signing
from borough.partnership.seats.models import Party
from borough.rules import years
from borough.rules.partnership import rating

MEASURES = (
    tables.text("value", "This year"),
    tables.text("measure", "Measure", link="href"),
    tables.text("before", "Last year"),
    tables.text("rating", "Stands"),
    tables.text("blind_to", "What it cannot see"),
)
COUNTS = (
    tables.day("as_at", "As at"),
    tables.text("value", "Came to"),
    tables.text("of", "Counted"),
    tables.text("state", "State"),
    tables.text("can", "What you can do"),
)
YEARS = (
    tables.text("year", "Year", link="href"),
    tables.text("value", "Came to"),
    tables.text("of", "Counted"),
    tables.day("as_at", "Up to"),
)
TARGETS = (
    tables.day("starts", "From"),
    tables.text("limits", "Good, approaching, requires improvement"),
    tables.text("signed", "Signed by"),
    tables.text("can", "What you can do"),
)
DISPUTES = [(one.value, str(one.label)) for one in models.Dispute.Why]


class Dispute(forms.Form):
    """Why a partner says that a count is wrong."""

    why = fields.ChoiceField(what="why it is wrong", label="Why is it wrong?", choices=DISPUTES)


class Target(forms.Form):
    """From which value each rating begins."""

    good = fields.TextField(what="where good begins", label="From which value is it good?")
    approaching = fields.TextField(
        what="where approaching begins", label="From which value does it approach the target?"
    )
    requires_improvement = fields.TextField(
        what="where requiring improvement begins",
        label="From which value does it only require improvement?",
    )
    starts = fields.DayField(what="from which day", label="From which day does it count?")


@page(capabilities.SEE_MEASURES)
def measures(visit: Visit) -> HttpResponse:
    """Show every measure as it was counted last."""
    year = years.Year.holding(visit.today)
    before = {
        one.measure.slug: one for one in queries.readings(year.preceding, year.preceding.ends)
    }
    found = queries.readings(year, visit.today)
    rows = [_row(one, before[one.measure.slug]) for one in found]
    table = tables.Table(
        f"Measures of {year.name}", MEASURES, rows, empty="No service declares a measure."
    )
    return render(
        visit,
        "measures/measures.html",
        {
            "measures": table,
            "never": all(one.snapshot is None for one in found),
            "years": [year.name, year.preceding.name],
        },
    )


@page(capabilities.SEE_MEASURES)
def measure(visit: Visit, slug: str) -> HttpResponse:
    """Show one measure in a year: how it is counted, every count, targets, disputes."""
    found = _measure(slug)
    year = asking.year(visit)
    last = min(visit.today, year.ends - timedelta(days=1))
    [reading] = [one for one in queries.readings(year, visit.today) if one.measure.slug == slug]
    return render(
        visit,
        "measures/measure.html",
        {
            "identity": _identity(reading, year),
            "definition": _definition(found, year, visit),
            "chart": pictures.of_year(found, year),
            "months": pictures.of_months(found, last),
            "too_few": pictures.too_few(found, last),
            "years": _years(found),
            "among": among.among(found),
            "counts": _counts(found, year, visit),
            "targets": _targets(found, visit),
            "beside": _beside(found, year, visit),
            "slug": slug,
            "may": visit.actor.capabilities,
            "back": reverse("partnership:measures"),
        },
    )


@page(capabilities.COUNT_MEASURES)
def count(visit: Visit, slug: str) -> HttpResponse:
    """Count a measure now."""
    found = _measure(slug)
    deed = doing.Deed(
        title=f"Count {found.title} now",
        says="It is counted from the records as they are; nobody types a figure. A count that "
        "comes out otherwise than before stands beside it; the one before stays.",
        act=lambda: commands.count(
            measure=slug,
            year=years.Year.holding(visit.today),
            as_at=visit.today,
            by=visit.actor,
            on=visit.today,
        ),
        done="Counted",
        back=reverse("partnership:measure", args=[slug]),
        button="Count it now",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@page(capabilities.DISPUTE_MEASURE)
def dispute(visit: Visit, number: int) -> HttpResponse:
    """Dispute a count for the partner for whom the officer sits."""
    snapshot = get_object_or_404(models.Snapshot, pk=number)
    deed = doing.Deed(
        title="Dispute a count",
        says="It is shown as disputed wherever it stands, until you say that it is settled. The "
        "count itself stays.",
        act=lambda why: commands.dispute(
            snapshot=snapshot, why=models.Dispute.Why(why), by=visit.actor, on=visit.today
        ),
        done="Disputed",
        back=reverse("partnership:measure", args=[snapshot.measure]),
        button="Dispute it",
    )
    return doing.answer(visit, Dispute(doing.asked(visit)), deed)


@page(capabilities.DISPUTE_MEASURE)
def settle(visit: Visit, number: int) -> HttpResponse:
    """Say that a dispute is settled."""
    found = get_object_or_404(models.Dispute.objects.select_related("snapshot"), pk=number)
    deed = doing.Deed(
        title="Settle a dispute",
        says="The count is shown as disputed no more. That it was stays on record.",
        act=lambda: commands.settle(dispute=found, by=visit.actor, on=visit.today),
        done="Settled",
        back=reverse("partnership:measure", args=[found.snapshot.measure]),
        button="It is settled",
        over="This dispute is settled already." if found.ends else "",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@page(capabilities.PROPOSE_TARGET)
def propose(visit: Visit, slug: str) -> HttpResponse:
    """Propose from which value each rating begins."""
    found = _measure(slug)

    def act(good: str, approaching: str, requires_improvement: str, starts: date) -> None:
        limits = [entering.hundredths(one) for one in (good, approaching, requires_improvement)]
        commands.propose_target(
            measure=slug,
            target=rating.Target(*limits),
            starts=starts,
            by=visit.actor,
            on=visit.today,
        )

    deed = doing.Deed(
        title=f"Propose a target for {found.title}",
        says=f"In {found.unit}, with at most two decimals. It counts once both partners have "
        "signed it.",
        act=act,
        done="Target proposed",
        back=reverse("partnership:measure", args=[slug]),
    )
    form = Target(doing.asked(visit), initial={"starts": visit.today})
    return doing.answer(visit, form, deed)


@page(seat_capabilities.SIGN)
def sign(visit: Visit, number: int) -> HttpResponse:
    """Sign a target for the partner for whom the officer sits."""
    target = get_object_or_404(models.Target, pk=number)
    found = _measure(target.measure)
    deed = doing.Deed(
        title=f"Sign a target for {found.title}",
        says=f"Good from {_limit(found, target.good)}, approaching from "
        f"{_limit(found, target.approaching)}, requiring improvement from "
        f"{_limit(found, target.requires_improvement)}, from {words.day(target.starts)}.",
        act=lambda: signing_commands.sign(
            thing=target.thing,
            digest=signing.digest(target.content),
            by=visit.actor,
            on=visit.today,
        ),
        done="Signed",
        back=reverse("partnership:measure", args=[target.measure]),
        button="Sign it",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


def _measure(slug: str) -> joining.Measure:
    found = definitions.measures().get(slug)
    if found is None:
        raise Http404
    return found


def _limit(measure: joining.Measure, hundredths: int) -> str:
    return wording.value(measure, hundredths)


def _row(reading: queries.Reading, before: queries.Reading) -> dict[str, object]:
    return {
        "measure": reading.measure.title,
        "href": reverse("partnership:measure", args=[reading.measure.slug]),
        "value": cells.Lines(
            (wording.value(reading.measure, reading.value_hundredths), *_flags(reading))
        ),
        "before": wording.value(before.measure, before.value_hundredths),
        "rating": _rating(reading),
        "blind_to": reading.measure.blind_to,
    }


def _rating(reading: queries.Reading) -> cells.Tag | str:
    if reading.rating is None:
        return "No data"
    return cells.Tag(reading.rating.value, wording.RATINGS[reading.rating.value])


def _flags(reading: queries.Reading) -> list[cells.Tag]:
    flags = [cells.Tag(f"Disputed by the {party}", "red") for party in reading.disputed_by]
    if reading.restated:
        flags.append(cells.Tag("Restated", "purple"))
    if reading.is_stale:
        flags.append(cells.Tag("Counted otherwise since", "yellow"))
    return flags


def _identity(reading: queries.Reading, year: years.Year) -> components.Identity:
    value = wording.value(reading.measure, reading.value_hundredths)
    between = queries.interval_of(reading.measure, reading.snapshot)
    if between is not None:
        low, high = (wording.value(reading.measure, one) for one in between)
        value = f"{value} (95% sure that it lies between {low} and {high})"
    rows = [components.Row(f"In {year.name}", value)]
    if reading.snapshot is not None:
        rows.append(components.Row("As at", words.day(reading.snapshot.as_at)))
    rows.append(components.Row("Stands", _rating(reading)))
    return components.Identity(reading.measure.title, rows, _flags(reading))


def _definition(measure: joining.Measure, year: years.Year, visit: Visit) -> list[components.Row]:
    better = {"higher": "Higher is better", "lower": "Lower is better", "neither": "Neither"}
    rows = [
        components.Row("Counted", measure.numerator or "As its title says"),
        components.Row("Of", measure.denominator or "As its title says"),
        components.Row("Which way is better", better[measure.better]),
        components.Row("What it cannot see", measure.blind_to),
        components.Row("Must agree with", measure.ties_to or "No statutory return"),
        components.Row("Definition", definitions.digest(measure.slug)[:12]),
    ]
    if measure.rows:
        rows.append(components.Row("Rows behind it", _rows(measure, year, visit)))
    return rows


def _rows(measure: joining.Measure, year: years.Year, visit: Visit) -> cells.Link | str:
    """Return the way to the rows, or, for who may not open them, who may."""
    guard = resolve(reverse(measure.rows)).func.guard  # type: ignore[attr-defined]
    if not isinstance(guard, joining.Capability) or guard.slug in visit.actor.capabilities:
        return cells.Link("Open the rows behind it", asking.link(measure.rows, year))
    may = [one for one in officers.roles(on=visit.today) if guard.slug in one.may and one.holders]
    whom = "; ".join(f"{one.title} ({', '.join(one.holders)})" for one in may) or "nobody today"
    return f"Your role does not open them. Ask somebody who may {guard.title}: {whom}."


def _years(measure: joining.Measure) -> tables.Table | None:
    """Return the last count of each year that was counted; None where there is no second year."""
    found = queries.year_by_year(measure.slug)
    if len(found) < 2:
        return None
    rows = [
        {
            "year": one.year,
            "href": asking.link("partnership:measure", years.Year.named(one.year), measure.slug),
            "value": wording.value(measure, queries.value_of(measure, one)),
            "of": _counted(one),
            "as_at": one.as_at,
        }
        for one in reversed(found)
    ]
    return tables.Table("Year by year", YEARS, rows)


def _counted(snapshot: models.Snapshot) -> str:
    if snapshot.numerator is None:
        return "No data"
    if snapshot.denominator == 1:
        return f"{snapshot.numerator:,}"
    return f"{snapshot.numerator:,} of {snapshot.denominator:,}"


def _counts(measure: joining.Measure, year: years.Year, visit: Visit) -> tables.Table:
    rows = []
    for newest in reversed(queries.over_time(measure.slug, year)):
        for place, one in enumerate(queries.chain(newest)):
            rows.append(_count_row(measure, one, visit, is_newest=place == 0))
    return tables.Table(f"Counts of {year.name}", COUNTS, rows, empty="It was not counted yet.")


def _count_row(
    measure: joining.Measure, one: models.Snapshot, visit: Visit, *, is_newest: bool
) -> dict[str, object]:
    disputes = list(one.disputes.filter(ends=None))
    state: list[object] = [cells.Tag(f"Disputed by the {each.party}", "red") for each in disputes]
    if not is_newest:
        state.append(cells.Tag("Restated since", "purple"))
    can: list[cells.Link] = []
    if capabilities.DISPUTE_MEASURE.slug in visit.actor.capabilities:
        hidden = f"the count as at {words.day(one.as_at)}"
        can = [
            cells.Link("Settle", reverse("partnership:dispute_settle", args=[each.pk]), hidden)
            for each in disputes
        ]
        if is_newest and len(disputes) < len(Party):
            address = reverse("partnership:measure_dispute", args=[one.pk])
            can.append(cells.Link("Dispute", address, hidden))
    return {
        "as_at": one.as_at,
        "value": wording.value(measure, queries.value_of(measure, one)),
        "of": _counted(one),
        "state": cells.Lines(tuple(state)) if state else "",
        "can": cells.Lines(tuple(can)) if can else "",
    }


def _targets(measure: joining.Measure, visit: Visit) -> tables.Table:
    rows = []
    for one in models.Target.objects.filter(measure=measure.slug).order_by("-starts", "-pk"):
        signed = seats.signed(one.thing, signing.digest(one.content))
        by = [
            name
            for name, each in (("Council", signed.council), ("Partner", signed.partner))
            if each
        ]
        may = seat_capabilities.SIGN.slug in visit.actor.capabilities and not signed.both
        address = reverse("partnership:target_sign", args=[one.pk])
        limits = (one.good, one.approaching, one.requires_improvement)
        rows.append(
            {
                "starts": one.starts,
                "limits": ", ".join(_limit(measure, each) for each in limits),
                "signed": " and ".join(by) or "Nobody yet",
                "can": cells.Link("Sign", address, f"from {words.day(one.starts)}") if may else "",
            }
        )
    return tables.Table("Targets", TARGETS, rows, empty="No target was proposed.")


def _beside(measure: joining.Measure, year: years.Year, visit: Visit) -> list[components.Row]:
    return [
        components.Row(one.measure.title, _with_the_year_before(one))
        for one in queries.readings(year, visit.today)
        if one.measure.slug in measure.beside
    ]


def _with_the_year_before(reading: queries.Reading) -> cells.Lines | str:
    shown = wording.value(reading.measure, reading.value_hundredths)
    before = queries.a_year_before(reading)
    value = queries.value_of(reading.measure, before)
    if before is None or value is None:
        return shown
    then = f"{wording.value(reading.measure, value)} by {words.day(before.as_at)}"
    is_count = reading.measure.unit == "count"  # a share of a share would mislead
    change = wording.change(reading.value_hundredths, value) if is_count else ""
    return cells.Lines((shown, f"A year before: {then}{change}"))
