"""Who is who: what was joined, what waits, and two records side by side for a person to decide."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from borough.kernel import commanding, dated, doing, records, visits
from borough.kernel.pages import cells, fields, forms, one_use, tables, wording
from borough.kernel.places.models import Address
from borough.kernel.runs import queries as runs
from borough.kernel.runs import showing
from borough.kernel.runs.models import Run
from borough.kernel.visits import Visit, page, personal
from borough.resident.identity import capabilities, commands, models, queries, tasks
from borough.resident.sources import known
from borough.resident.sources import queries as sources

LARGEST_ID = 2**63 - 1
STRONG, WEAK = 1_000, 300
SEES_OTHERS = "joined"
SERVICES = (
    tables.text("source", "From"),
    tables.number("joined", "Joined"),
    tables.number("waiting", "To decide"),
    tables.number("checks", "To check"),
)
PRECISION = (
    tables.text("source", "From"),
    tables.text("of", "Of those"),
    tables.number("decided", "Decided"),
    tables.number("same", "One person"),
    tables.text("share", "In a hundred"),
)
SIDES = (
    tables.text("what", "What"),
    tables.text("ours", "In Borough"),
    tables.text("theirs", "In the other service"),
)
REASONS = (tables.text("words", "What was compared"), tables.text("speaks", "It speaks"))


class Answer(forms.Form):
    """Whether two records are one person."""

    answer = fields.ChoiceField(
        what="whether they are one person",
        label="Are these the same person?",
        help_text="If you are not sure, say so: a wrong answer shows one resident another’s debts.",
        choices=models.Verdict.Answer.choices,
    )


def subject(number: int) -> visits.Subject:
    """Return whose record the page of a proposal opens."""
    person = _proposal(number).person_id
    return visits.Subject((person,), f"{records.PERSON}/{person}", f"resident {person}")


@page(capabilities.REVIEW_LINKS)
def links(visit: Visit) -> HttpResponse:
    """Show what is joined and what waits, by service, and how often people found it right."""
    joined, waiting = queries.joined_by_source(visit.today), queries.waiting_by_source()
    rows = [
        {
            "source": source.title,
            "joined": joined.get(slug, 0),
            "waiting": waiting.get(slug, (0, 0))[0],
            "checks": waiting.get(slug, (0, 0))[1],
        }
        for slug, source in known.sources().items()
        if slug in joined or slug in waiting
    ]
    found = [
        {
            "source": known.sources()[one.source].title,
            "of": "Joined by an identifier" if one.is_check else "Doubtful",
            "decided": one.decided,
            "same": one.same,
            "share": _share(one),
        }
        for one in queries.precision()
    ]
    last = Run.objects.filter(kind=commands.LINKING).order_by("-pk").first()
    return render(
        visit,
        "identity/links.html",
        {
            "services": tables.Table("Records of other services", SERVICES, rows),
            "precision": tables.Table("What people found", PRECISION, found),
            "last": last,
            "progress": showing.tag(runs.progress(last)) if last else None,
            "may_run": capabilities.RUN_LINKING.slug in visit.actor.capabilities,
            "waits": any(row["waiting"] or row["checks"] for row in rows),
        },
    )


@page(capabilities.RUN_LINKING)
def run(visit: Visit) -> HttpResponse:
    """Have all records compared."""

    def act() -> None:
        asked = commands.ask_linking(by=visit.actor, on=visit.today)
        transaction.on_commit(lambda: tasks.link_records.defer(run_id=asked.pk))

    deed = doing.Deed(
        title="Compare the records of all services",
        says="Records that agree on an identifier which both services hold are joined. All others "
        "that look alike wait for a person to decide. You can go on working meanwhile.",
        act=act,
        done="The records are being compared",
        back=reverse("identity:links"),
        button="Compare",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@page(capabilities.REVIEW_LINKS)
def following(visit: Visit) -> HttpResponse:
    """Go to what is to be decided next."""
    found = queries.next_proposal()
    if found is None:
        messages.success(visit, "Nothing waits for a decision")
        return redirect("identity:links")
    return redirect("identity:proposal", found.pk)


def _waits(number: int) -> bool:
    return models.Proposal.objects.filter(pk=min(number, LARGEST_ID)).exists()


@doing.or_lead_on(_waits, "identity:links", "That pair waits no more: look at the next one.")
@personal(capabilities.REVIEW_LINKS, subject=subject)
def proposal(visit: Visit, number: int) -> HttpResponse:
    """Show two records side by side, and ask whether they are one person."""
    if visit.purpose.sees != SEES_OTHERS:  # the other record is another service's
        return redirect(f"{reverse('purpose')}?{urlencode({'next': visit.path})}")
    found = _proposal(number)
    form = Answer(doing.asked(visit))
    if form.is_valid():
        try:
            with transaction.atomic():
                one_use.spend(visit)
                _decide(found, form.cleaned_data["answer"], visit)
        except one_use.AlreadySent:
            return redirect("identity:next")
        except commanding.NotAllowed:
            raise
        except (commanding.Refusal, one_use.NotOurs) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(visit, "Your answer is kept")
            return redirect("identity:next")
    context = {
        "form": form,
        "proposal": found,
        "source": known.sources()[found.record.source],
        "sides": tables.Table("The two records", SIDES, _sides(found, visit)),
        "reasons": tables.Table("Why they were put side by side", REASONS, _reasons(found)),
        "per_hundred": min(round(found.per_million / 10_000), 99),
    }
    return render(visit, "identity/proposal.html", context)


def _decide(found: models.Proposal, answer: str, visit: Visit) -> None:
    """Call the command of an answer."""
    answers, by, on = models.Verdict.Answer, visit.actor, visit.today
    record, person = found.record, found.person
    if answer == answers.UNKNOWN:
        commands.leave_undecided(proposal=found, by=by, on=on)
    elif answer == answers.DIFFERENT:
        commands.split(record=record, person=person, by=by, on=on)
    elif found.is_check:
        commands.confirm(record=record, person=person, by=by, on=on)
    else:
        commands.join(record=record, person=person, reasons=found.reasons, by=by, on=on)


def _proposal(number: int) -> models.Proposal:
    if number > LARGEST_ID:
        raise Http404
    rows = models.Proposal.objects.select_related("record", "person")
    return get_object_or_404(rows, pk=number)


def _sides(found: models.Proposal, visit: Visit) -> list[dict[str, object]]:
    """Return what each service holds, a row each; a National Insurance number is never shown."""
    ours = found.person
    theirs = sources.written([found.record_id], visit.today).get(found.record_id)
    if theirs is None:
        return [{"what": "The record", "ours": ours.name, "theirs": "No longer sent to us"}]
    residence = ours.residences.order_by("-starts").first()
    home = (
        residence
        and Address.objects.filter(
            dated.holds_on(visit.today), dwelling=residence.dwelling_id
        ).first()
    )
    held = "Held, not shown" if theirs.nino else None
    address = cells.Lines((*theirs.address.splitlines(), theirs.postcode))
    return [
        {"what": "Title", "ours": ours.title, "theirs": theirs.title},
        {"what": "First names", "ours": ours.given_names, "theirs": theirs.given_names},
        {"what": "Family name", "ours": ours.family_name, "theirs": theirs.family_name},
        {"what": "Date of birth", "ours": ours.date_of_birth, "theirs": theirs.date_of_birth},
        {
            "what": "Address",
            "ours": cells.Lines((home.line, home.town, home.postcode)) if home else None,
            "theirs": address,
        },
        {"what": "National Insurance number", "ours": None, "theirs": held},
    ]


def _reasons(found: models.Proposal) -> list[dict[str, object]]:
    return [{"words": words, "speaks": _speaks(weight)} for words, weight in found.reasons]


def _speaks(hundredths: int) -> str:
    """Say in words what a weight means: ten bits are a thousand to one."""
    side = "for one person" if hundredths >= 0 else "against one person"
    if abs(hundredths) >= STRONG:
        return f"Strongly {side}"
    return f"A little {side}" if abs(hundredths) < WEAK else side.capitalize()


def _share(one: queries.Precision) -> str:
    if one.low_permille is None or one.high_permille is None:
        return wording.NOT_KNOWN
    low, high = one.low_permille / 10, one.high_permille / 10
    return f"{100 * one.same / one.decided:.1f} (between {low:.1f} and {high:.1f})"
