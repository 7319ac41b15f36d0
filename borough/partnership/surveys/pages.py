"""What residents said, by service; loading answers; inviting people, and the question itself."""

import csv
import io
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel import commanding, doing
from borough.kernel.pages import cells, charts, fields, forms, one_use, paging, tables
from borough.kernel.visits import Visit, page, public
from borough.partnership.files import showing
from borough.partnership.measures import asking
from borough.partnership.measures import capabilities as measure_capabilities
from borough.partnership.surveys import capabilities, commands, measures, models, queries
from borough.rules import statistics, years

ANSWERED_BY = commanding.system("survey", capabilities.ANSWER)
SERVICES = (
    tables.text("service", "Service"),
    tables.number("asked", "Asked"),
    tables.number("answers", "Answered"),
    tables.text("rate", "Response rate"),
    tables.text("satisfied", "Satisfied"),
    tables.text("between", "Lies between (95%)"),
)
ANSWERS = (
    tables.day("on", "Day"),
    tables.text("service", "Service"),
    tables.text("rating", "Answer"),
    tables.text("way", "Asked"),
    tables.text("reference", "Number in the survey system"),
)
SIZE = 50
LOADS = {
    "answers": showing.Loading(
        "Load answers",
        "A CSV file: Reference, Service, Day, Rating (1 to 5), Asked by. Comments are not "
        "read. A reference that was taken before is not taken again.",
        commands.load_answers,
    ),
    "invitations": showing.Loading(
        "Load how many were asked",
        "A CSV file: Service, Day, Asked by, Invited. Without it no response rate can be told.",
        commands.load_invitations,
    ),
}


class Invite(forms.Form):
    """Whom, and how many."""

    service = fields.ChoiceField(
        what="a service", label="Which service dealt with them?", choices=models.Service.choices
    )
    way = fields.ChoiceField(
        what="how they are asked", label="How are they asked?", choices=models.Way.choices
    )
    count = fields.WholeNumberField(
        what="how many", label="How many invitations?", min_value=1, max_value=commands.MOST_INVITED
    )


class Question(forms.Form):
    """The one question."""

    rating = fields.ChoiceField(
        what="how satisfied you were",
        label="How satisfied were you with how we dealt with you?",
        choices=[(str(one.value), str(one.label)) for one in models.Rating],
    )


@page(measure_capabilities.SEE_MEASURES)
def surveys(visit: Visit) -> HttpResponse:
    """Show what was heard in a year and the one before, by service, and what was taken in."""
    year = asking.year(visit)
    this, before = (queries.by_service(one, visit.today) for one in (year, year.preceding))
    return render(
        visit,
        "surveys/surveys.html",
        {
            "chart": _chart(this, year) if this else None,
            "services": _table(this, year),
            "before": _table(before, year.preceding),
            "files": showing.table(
                "Files taken in",
                (commands.ANSWERS, commands.INVITATIONS),
                empty="No file was taken in.",
            ),
            "answers": asking.link("partnership:survey_answers", year),
            "measure": asking.link("partnership:measure", year, measures.SATISFIED.slug),
            "others": asking.others("partnership:surveys", year, queries.first_day(), visit.today),
            "may": visit.actor.capabilities,
            "back": reverse("partnership:measures"),
        },
    )


@page(measure_capabilities.SEE_MEASURES)
def answers(visit: Visit) -> HttpResponse:
    """Show every answer of a year, row by row: a number, no person."""
    year = asking.year(visit)
    shown = paging.numbered(queries.answers(year, visit.today), visit.GET, size=SIZE)
    rows = [
        {
            "on": one.on,
            "service": one.get_service_display(),
            "rating": one.get_rating_display(),
            "way": one.get_way_display(),
            "reference": one.reference or "An invitation of ours",
        }
        for one in shown
    ]
    table = tables.Table(
        f"Answers of {year.name}", ANSWERS, rows, empty=f"Nobody answered in {year.name}."
    )
    context = {"answers": table, "page": shown, "year": year.name}
    context["back"] = asking.link("partnership:surveys", year)
    return render(visit, "surveys/answers.html", context)


@page(capabilities.LOAD_ANSWERS)
def load(visit: Visit, what: str) -> HttpResponse:
    """Load answers, or how many were asked."""
    return showing.load(visit, what, LOADS, reverse("partnership:surveys"))


@page(capabilities.INVITE)
def invite(visit: Visit) -> HttpResponse:
    """Make invitations and hand them over as a file of addresses, which is kept nowhere."""
    form = Invite(doing.asked(visit))
    if form.is_valid():
        given = form.cleaned_data
        try:
            one_use.spend(visit)
            made = commands.invite(
                service=models.Service(given["service"]),
                way=models.Way(given["way"]),
                count=given["count"],
                by=visit.actor,
                on=visit.today,
            )
        except one_use.AlreadySent:
            return redirect("partnership:surveys")
        except (one_use.NotOurs, commands.TooMany) as refusal:
            form.add_error(None, str(refusal))
        else:
            return _file(visit, made)
    context = {"form": form, "button": "Make them", "cancel": reverse("partnership:surveys")}
    return render(visit, "surveys/invite.html", context)


@public("who holds an invitation answers it, and is asked nothing of who they are")
def question(visit: Visit, code: str) -> HttpResponse:
    """Ask the one question, once; say thank you."""
    form = Question(doing.asked(visit))
    said = ""
    if form.is_valid():
        try:
            rating = models.Rating(int(form.cleaned_data["rating"]))
            commands.answer(code=code, rating=rating, by=ANSWERED_BY, on=visit.today)
            said = "Thank you. Your answer is counted."
        except (commands.AnsweredAlready, commands.NoSuchInvitation) as refusal:
            said = str(refusal)
    elif visit.method != "POST":
        said = queries.why_not(code, visit.today)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    answer = render(visit, "surveys/question.html", {"form": form, "said": said}, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _file(visit: Visit, made: list[str]) -> HttpResponse:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["Address"])
    for code in made:
        address = reverse("partnership:question", args=[code])
        writer.writerow([visit.build_absolute_uri(address)])
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="invitations.csv"'
    return answer


def _chart(heard: list[queries.Heard], year: years.Year) -> charts.Chart:
    known = [one for one in heard if one.satisfied.permille is not None]
    hits, of = (sum(getattr(one.satisfied, name) for one in known) for name in ("hits", "of"))
    return charts.bars(
        f"Satisfied, {year.name}",
        f"{_percent(statistics.share(hits, of).permille)} of {of:,} who answered were satisfied.",
        [(str(one.service.label), one.satisfied.permille) for one in heard],
        of="Service",
        shows=_percent,
    )


def _table(heard: list[queries.Heard], year: years.Year) -> tables.Table:
    rows = [
        {
            "service": one.service.label,
            "asked": one.asked or None,
            "answers": one.satisfied.of,
            "rate": _percent(one.answered.permille if one.answered else None),
            "satisfied": _percent(one.satisfied.permille),
            "between": _between(one.satisfied),
        }
        for one in heard
    ]
    return tables.Table(year.name, SERVICES, rows, empty=f"Nothing was heard in {year.name}.")


def _between(share: statistics.Share) -> cells.Lines | str:
    if share.interval_permille is None:
        return "No data"
    text = " and ".join(_percent(one) for one in share.interval_permille)
    return cells.Lines((text, "Too few to conclude from")) if share.is_few else text


def _percent(permille: int | None) -> str:
    return "No data" if permille is None else f"{permille / 10:.1f}%"
