"""A support case: taking it, what came of each contact, looking again, closing it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, components, fields, forms, tables, wording
from borough.kernel.visits import Visit, personal
from borough.resident.signals import capabilities, commands, models, queries
from borough.resident.signals.pages import queue, showing, subjects

CASES = (
    tables.text("who", "Resident"),
    tables.day("opened", "Taken on"),
    tables.text("lead", "Who looks after them"),
    tables.day("review", "Looked at again by"),
    tables.text("case", "Case"),
)
CONTACTS = (
    tables.day("on", "Day"),
    tables.text("how", "How"),
    tables.text("outcome", "What came of it"),
    tables.text("by", "Who"),
)


class Look(forms.Form):
    next_review = fields.DayField(
        what="the day by which you look again",
        label="By which day do you look again?",
        help_text="For example 27 3 2026. Half a year ahead at most.",
    )


class Contact(forms.Form):
    how = fields.ChoiceField(
        what="how you were in touch",
        label="How were you in touch?",
        choices=models.CaseContact.How.choices,
    )
    outcome = fields.ChoiceField(
        what="what came of it",
        label="What came of it?",
        choices=models.CaseContact.Outcome.choices,
    )


class Closing(forms.Form):
    outcome = fields.ChoiceField(
        what="how it ended", label="How did it end?", choices=models.SupportCase.Outcome.choices
    )
    rests_until = fields.DayField(
        what="the day until which we leave them in peace",
        label="Until which day does the queue leave them in peace?",
        help_text="From that day on their worries count in the queue again. For example 27 3 2026.",
    )


@personal(capabilities.WORK_SUPPORT, subject=subjects.of_person)
def take(visit: Visit, number: int) -> HttpResponse:
    """Take the case of a resident."""
    if elsewhere := queue.refuse(visit):
        return elsewhere
    person = subjects.person(number)
    deed = doing.Deed(
        title="Take the case",
        says="You look after this resident from today. They leave the queue, and every service "
        "sees that somebody of the support team is with them, and nothing more.",
        act=lambda next_review: commands.take_case(
            person=person, next_review=next_review, by=visit.actor, on=visit.today
        ),
        done="The case is yours",
        back=reverse("resident", args=[number]),
        places={commands.NotADay: "next_review"},
        button="Take the case",
    )
    return doing.answer(visit, Look(doing.asked(visit)), deed)


@personal(capabilities.WORK_SUPPORT, subject=subjects.of_cases)
def cases(visit: Visit, page: int) -> HttpResponse:
    """Show the open cases, the one to look at first first."""
    if elsewhere := queue.refuse(visit):
        return elsewhere
    first = subjects.first_of(page)
    rows = list(queries.open_cases()[first : first + subjects.ON_A_PAGE])
    names = officers.names({row.lead for row in rows})
    shown = [
        {
            "who": cells.Link(row.person.name, reverse("resident", args=[row.person_id])),
            "opened": row.opened_on,
            "lead": names.get(row.lead, row.lead),
            "review": row.next_review,
            "case": cells.Link(
                "Open", reverse("support-case", args=[row.pk]), f"the case of {row.person.name}"
            ),
        }
        for row in rows
    ]
    table = tables.Table("Open cases", CASES, shown, empty="No case is open.")
    ways = queue.ways("support-cases", page, queries.open_cases().count())
    return render(visit, "signals/cases.html", {"table": table, "ways": ways})


@personal(capabilities.WORK_SUPPORT, subject=subjects.of_case)
def case(visit: Visit, case: int) -> HttpResponse:
    """Show a case: why it was taken, what is so today, every contact."""
    if elsewhere := queue.refuse(visit):
        return elsewhere
    found = subjects.found_case(case)
    worries = queries.of_people([found.person_id], purpose=visit.purpose, on=visit.today)
    return render(
        visit,
        "signals/case.html",
        {
            "case": found,
            "identity": _identity(found),
            "worries": showing.reasons(worries[found.person_id]),
            "contacts": _contacts(found),
            "proposed": showing.PROPOSED,
            "actions": _actions(found),
        },
    )


@personal(capabilities.WORK_SUPPORT, subject=subjects.of_case)
def contact(visit: Visit, case: int) -> HttpResponse:
    """Record that the team was in touch, or tried to be."""
    found = subjects.found_case(case)
    deed = doing.Deed(
        title="Record a contact",
        says="What was said stays with you: only how you were in touch, and whether help was "
        "begun, is kept.",
        act=lambda how, outcome: commands.record_contact(
            case=found, how=how, outcome=outcome, by=visit.actor, on=visit.today
        ),
        done="Contact recorded",
        back=reverse("support-case", args=[case]),
    )
    return doing.answer(visit, Contact(doing.asked(visit)), deed)


@personal(capabilities.WORK_SUPPORT, subject=subjects.of_case)
def review(visit: Visit, case: int) -> HttpResponse:
    """Keep the case, or take it over, and say when somebody looks again."""
    found = subjects.found_case(case)
    deed = doing.Deed(
        title="Look again later",
        says="The case is yours from now on, also if a colleague had it.",
        act=lambda next_review: commands.review_case(
            case=found, next_review=next_review, by=visit.actor, on=visit.today
        ),
        done="Saved",
        back=reverse("support-case", args=[case]),
        places={commands.NotADay: "next_review"},
    )
    return doing.answer(visit, Look(doing.asked(visit)), deed)


@personal(capabilities.WORK_SUPPORT, subject=subjects.of_case)
def close(visit: Visit, case: int) -> HttpResponse:
    """Close the case with its outcome."""
    found = subjects.found_case(case)
    deed = doing.Deed(
        title="Close the case",
        says="What the services do after this rests on what each of them knew before.",
        act=lambda outcome, rests_until: commands.close_case(
            case=found, outcome=outcome, rests_until=rests_until, by=visit.actor, on=visit.today
        ),
        done="Case closed",
        back=reverse("support-case", args=[case]),
        places={commands.NotADay: "rests_until"},
        button="Close it",
    )
    return doing.answer(visit, Closing(doing.asked(visit)), deed)


def _identity(found: models.SupportCase) -> components.Identity:
    rows = [
        components.Row("Taken on", found.opened_on),
        components.Row("Who looks after them", _name(found.lead)),
        components.Row("Points when it was taken", found.points),
    ]
    if found.closed_on is None:
        rows.append(components.Row("Looked at again by", found.next_review))
    else:
        rows.append(components.Row("Closed", wording.day(found.closed_on)))
        rows.append(components.Row("How it ended", found.get_outcome_display()))
        rows.append(components.Row("Left in peace until", found.rests_until))
    flags = [cells.Tag("Drawn by lot", "purple")] if found.by_lot else []
    if found.closed_on is not None:
        flags.append(cells.Tag("Closed", "grey"))
    return components.Identity(found.person.name, rows, flags)


def _name(reference: str) -> str:
    return officers.names({reference}).get(reference, reference)


def _contacts(found: models.SupportCase) -> tables.Table:
    rows = list(found.contacts.order_by("-on", "-pk"))
    names = officers.names({row.by for row in rows})
    shown = [
        {
            "on": row.on,
            "how": row.get_how_display(),
            "outcome": row.get_outcome_display(),
            "by": names.get(row.by, row.by),
        }
        for row in rows
    ]
    return tables.Table("Contacts", CONTACTS, shown, empty="Nobody was in touch yet.")


def _actions(found: models.SupportCase) -> list[cells.Link]:
    doable = {"Open the resident’s page": reverse("resident", args=[found.person_id])}
    if found.closed_on is None:
        doable |= {
            "Record a contact": reverse("support-case-contact", args=[found.pk]),
            "Look again later, or take it over": reverse("support-case-review", args=[found.pk]),
            "Close the case": reverse("support-case-close", args=[found.pk]),
        }
    return [cells.Link(title, href) for title, href in doable.items()]
