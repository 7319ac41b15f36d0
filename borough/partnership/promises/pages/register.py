"""The promises, how each stands and by what; proposing, signing and dropping one."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import cells, charts, components, fields, forms, tables
from borough.kernel.pages import wording as words
from borough.kernel.visits import Visit, page
from borough.partnership.measures import definitions, entering
from borough.partnership.promises import capabilities, evidence, models, queries, wording
from borough.partnership.promises.commands import records, register
from borough.partnership.seats import capabilities as seat_capabilities
from borough.partnership.seats import commands as signing_commands
from borough.partnership.seats import queries as seats
from borough.partnership.seats import signing
from borough.partnership.seats.models import Signature
from borough.rules import money
from borough.rules.partnership import promises

PROMISES = (
    tables.text("status", "Stands"),
    tables.text("title", "Promise", link="href"),
    tables.text("promised", "What was promised"),
    tables.text("now", "Came to"),
    tables.text("signed", "Signed by"),
)
RECORDS = (
    tables.day("on", "Day"),
    tables.text("what", "What"),
    tables.text("amount", "How much"),
    tables.text("reference", "Paper"),
    tables.text("signed", "Signed by"),
    tables.text("can", "What you can do"),
)
SIGNED = {
    (True, True): "Both",
    (True, False): "The council",
    (False, True): "The partner",
    (False, False): "Nobody yet",
}
MOST_POINTS = 40


class Propose(forms.Form):
    """What is promised, by what it is judged, and by when."""

    topic = fields.SelectField(
        what="what it is about", label="What is it about?", choices=models.Promise.Topic.choices
    )
    title = fields.TextField(
        what="what is promised", label="What is promised, in a sentence?", max_length=160
    )
    clause = fields.TextField(
        what="where it is written", label="Where is it written?", max_length=120
    )
    evidence = fields.ChoiceField(
        what="by what it is judged",
        label="By what is it judged?",
        choices=models.Promise.Evidence.choices,
    )
    measure = fields.SelectField(
        what="a measure", label="By which measure, if by one?", choices=(), required=False
    )
    peers = fields.TextField(
        what="the set of councils",
        label="Among which set of councils, if in a quarter of one?",
        max_length=80,
        required=False,
    )
    shape = fields.ChoiceField(
        what="which of the two it is", label="Which is it?", choices=models.Promise.Shape.choices
    )
    target = fields.TextField(
        what="how far",
        label="How far?",
        help_text="A number with at most two decimals: 95 per cent, 120000 pounds, 10 people. A "
        "quarter is 1 for the best.",
    )
    starts = fields.DayField(what="from which day", label="From which day does it count?")
    due = fields.DayField(what="by which day", label="By which day is it due?")


@page(capabilities.SEE_PROMISES)
def register_page(visit: Visit) -> HttpResponse:
    """Show every promise and how it stands today."""
    found = queries.standings(visit.today)
    rows = [_row(one) for one in found]
    return render(
        visit,
        "promises/promises.html",
        {
            "chart": _chart_of_all(found) if found else None,
            "promises": tables.Table(
                "Promises", PROMISES, rows, empty="No promise is on the register yet."
            ),
            "may": visit.actor.capabilities,
        },
    )


@page(capabilities.SEE_PROMISES)
def promise(visit: Visit, number: int) -> HttpResponse:
    """Show one promise: what was promised, what it rests on, its evidence and signatures."""
    found = get_object_or_404(models.Promise, pk=number)
    standing = queries.standing(found, visit.today)
    takes = found.evidence in (models.Promise.Evidence.MONEY, models.Promise.Evidence.COUNT)
    return render(
        visit,
        "promises/promise.html",
        {
            "identity": _identity(standing),
            "rests": _rests(standing),
            "chart": _chart(standing, visit.today),
            "records": _records(found, visit) if takes else None,
            "promise": found,
            "may": visit.actor.capabilities,
            "may_drop": not standing.signed.both and found.dropped_on is None,
            "may_sign": not standing.signed.both and found.dropped_on is None,
            "takes": takes,
            "back": reverse("partnership:promises"),
        },
    )


@page(capabilities.PROPOSE_PROMISE)
def propose(visit: Visit) -> HttpResponse:
    """Propose a promise."""
    form = Propose(doing.asked(visit), initial={"starts": visit.today})
    forms.offer(
        form,
        "measure",
        [
            ("", "None"),
            *((one.slug, one.title) for one in definitions.measures().values()),
        ],
    )

    def act(target: str, topic: str, evidence: str, shape: str, **rest: object) -> None:
        terms = register.Terms(
            topic=models.Promise.Topic(topic),
            evidence=models.Promise.Evidence(evidence),
            shape=models.Promise.Shape(shape),
            target=entering.hundredths(target),
            **rest,  # type: ignore[arg-type]
        )
        register.propose(terms=terms, by=visit.actor, on=visit.today)

    deed = doing.Deed(
        title="Propose a promise",
        says="It binds both partners once both have signed it. How it stands is worked out from "
        "its evidence each day; nobody says so.",
        act=act,
        done="Promise proposed. Both partners can sign it now",
        back=reverse("partnership:promises"),
        places={entering.NoNumber: "target"},
    )
    return doing.answer(visit, form, deed)


@page(seat_capabilities.SIGN)
def sign(visit: Visit, number: int) -> HttpResponse:
    """Sign a promise for the partner for whom the officer sits."""
    found = get_object_or_404(models.Promise, pk=number, dropped_on=None)
    return _sign(
        visit,
        lambda: register.sign(promise=found, by=visit.actor, on=visit.today),
        title="Sign a promise",
        says=f"{found.title}. {wording.promised(found)}, counted from {words.day(found.starts)}. "
        f"It is written in: {found.clause}. Judged by: {found.get_evidence_display()}.",
        back=reverse("partnership:promise", args=[found.pk]),
    )


@page(capabilities.PROPOSE_PROMISE)
def drop(visit: Visit, number: int) -> HttpResponse:
    """Take a promise off the register that both have not signed."""
    found = get_object_or_404(models.Promise, pk=number)
    deed = doing.Deed(
        title="Drop a promise",
        says=f"“{found.title}” is taken off the register. Only what both have not signed can be.",
        act=lambda: register.drop(promise=found, by=visit.actor, on=visit.today),
        done="Dropped",
        back=reverse("partnership:promises"),
        button="Drop it",
        over="This promise was dropped before." if found.dropped_on else "",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@page(seat_capabilities.SIGN)
def sign_record(visit: Visit, number: int) -> HttpResponse:
    """Sign a record for the partner for whom the officer sits."""
    found = get_object_or_404(models.Record.objects.select_related("promise"), pk=number)
    return _sign(
        visit,
        lambda: signing_commands.sign(
            thing=found.thing,
            digest=signing.digest(found.content),
            by=visit.actor,
            on=visit.today,
        ),
        title="Sign a record",
        says=f"{found.what}: {wording.value(found.promise, found.amount)} on "
        f"{words.day(found.on)}, shown by {found.reference}. Look at the paper before you sign.",
        back=reverse("partnership:promise", args=[found.promise_id]),
    )


def _sign(
    visit: Visit, act: Callable[[], Signature], *, title: str, says: str, back: str
) -> HttpResponse:
    deed = doing.Deed(title=title, says=says, act=act, done="Signed", back=back, button="Sign it")
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


def _row(one: queries.Standing) -> dict[str, object]:
    return {
        "title": one.promise.title,
        "href": reverse("partnership:promise", args=[one.promise.pk]),
        "promised": cells.Lines((one.promise.get_topic_display(), wording.promised(one.promise))),
        "now": wording.value(one.promise, one.judged.value),
        "status": _tag(one.judged.status),
        "signed": _signed(one.signed),
    }


def _tag(status: promises.Status) -> cells.Tag:
    return cells.Tag(status.value, wording.COLOURS[status])


def _signed(signed: seats.Signed) -> str:
    return SIGNED[signed.council is not None, signed.partner is not None]


def _chart_of_all(found: list[queries.Standing]) -> charts.Chart:
    binding = [one for one in found if one.signed.both]
    counts = Counter(one.judged.status for one in binding)
    kept, broken = counts[promises.Status.KEPT], counts[promises.Status.BROKEN]
    return charts.bars(
        "How the promises stand",
        f"Of {len(binding)} promises that both signed, {kept} kept and {broken} broken.",
        [(status.value, counts[status]) for status in promises.Status],
        of="Stands",
    )


def _identity(one: queries.Standing) -> components.Identity:
    made = one.promise
    rows = [
        components.Row("Promised", wording.promised(made)),
        components.Row("Came to", wording.value(made, one.judged.value)),
        components.Row("Counts from", words.day(made.starts)),
    ]
    flags = [_tag(one.judged.status)]
    if made.dropped_on:
        flags.append(cells.Tag("Dropped", "grey"))
    elif not one.signed.both:
        flags.append(cells.Tag("Binds nobody yet", "yellow"))
    return components.Identity(made.title, rows, flags)


def _rests(one: queries.Standing) -> list[components.Row]:
    made = one.promise
    rows = [
        components.Row("About", made.get_topic_display()),
        components.Row("Written in", made.clause),
        components.Row("Why it stands so", wording.why(made, one.judged)),
        components.Row(
            "Rests on", evidence.SOURCES[models.Promise.Evidence(made.evidence)].rests_on
        ),
    ]
    measure = evidence.measure_of(made)
    if measure is not None:
        link = cells.Link(measure.title, reverse("partnership:measure", args=[measure.slug]))
        rows.append(components.Row("Measure", link))
    if made.peers:
        rows.append(components.Row("Among", made.peers))
    rows.append(components.Row("Signed by", _signed(one.signed)))
    return rows


def _chart(one: queries.Standing, on: date) -> charts.Chart | None:
    """Draw what it came to by day beside what it should; None where there is too little."""
    made = one.promise
    points = [each for each in one.path if each.on < on][-MOST_POINTS:]
    points.append(promises.Point(on, promises.value_on(one.path, on)))
    if len(points) < 2 or any((each.value or 0) < 0 for each in points):
        return None
    terms = evidence.terms_of(made)
    expected = [promises.expected_on(terms, one.path, each.on) for each in points]
    return charts.lines(
        "What it came to",
        wording.why(made, one.judged),
        [words.short_day(each.on) for each in points],
        {
            "Came to": [each.value for each in points],
            "Expected": [None if each is None else money.nearest(each) for each in expected],
        },
        of="From",
        shows=lambda amount: wording.value(made, amount),
    )


def _records(made: models.Promise, visit: Visit) -> tables.Table:
    found = list(made.records.order_by("-on", "-pk"))
    contents = [(one.thing, signing.digest(one.content)) for one in found]
    signed = seats.signed_all(contents)
    may = seat_capabilities.SIGN.slug in visit.actor.capabilities
    rows = [
        {
            "on": one.on,
            "what": one.what,
            "amount": wording.value(made, one.amount),
            "reference": one.reference,
            "signed": _signed(signed[content]),
            "can": cells.Link(
                "Sign", reverse("partnership:evidence_sign", args=[one.pk]), f"{one.reference}"
            )
            if may and not signed[content].both
            else "",
        }
        for one, content in zip(found, contents, strict=True)
    ]
    return tables.Table("Records", RECORDS, rows, empty="Nothing was recorded yet.")


class NewRecord(forms.Form):
    """What was spent or done, and the paper that shows it."""

    done_on = fields.DayField(what="the day", label="On which day?")
    amount = fields.TextField(
        what="how much", label="How much?", help_text="Pounds, or a number, like 12500 or 3."
    )
    what = fields.TextField(
        what="what it was", label="What was it, without names of people?", max_length=160
    )
    reference = fields.TextField(
        what="the paper that shows it",
        label="Which paper shows it?",
        help_text="The number of an invoice, minute or certificate. Each counts once.",
        max_length=40,
    )


@page(capabilities.RECORD_EVIDENCE)
def record(visit: Visit, number: int) -> HttpResponse:
    """Record what was spent or done for a promise."""
    found = get_object_or_404(models.Promise, pk=number, dropped_on=None)

    def act(done_on: date, amount: str, what: str, reference: str) -> None:
        records.record(
            promise=found,
            done_on=done_on,
            amount=entering.hundredths(amount),
            reference=reference,
            what=what,
            by=visit.actor,
            on=visit.today,
        )

    deed = doing.Deed(
        title="Record what was spent or done",
        says=f"For “{found.title}”. It counts once both partners have signed it.",
        act=act,
        done="Recorded. Both partners can sign it now",
        back=reverse("partnership:promise", args=[found.pk]),
        places={
            entering.NoNumber: "amount",
            records.NotADay: "done_on",
            records.CountedAlready: "reference",
        },
    )
    return doing.answer(visit, NewRecord(doing.asked(visit)), deed)
