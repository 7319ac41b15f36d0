"""The pages of a household's statement: what it comes to, and the form in steps that asks for it.

The answers travel from step to step in the page itself (hidden boxes): nothing that somebody tells
is kept before it is checked and confirmed, and nothing stands in an address.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from borough.kernel.pages import cells, components, fields, forms, one_use, tables, wording
from borough.kernel.people import capabilities as people
from borough.kernel.visits import Visit
from borough.resident.plans import capabilities, models
from borough.resident.plans.commands import statements as commands
from borough.resident.plans.pages import asking, opening
from borough.resident.plans.queries import guidelines, plans
from borough.resident.plans.queries import statements as queries
from borough.rules.support import surplus

FIGURES = (
    tables.text("heading", "What"),
    tables.text("told", "As told"),
    tables.money("month", "A month"),
    tables.text("source", "Where it is from"),
)
BESIDE_COLUMNS = (
    tables.text("heading", "What"),
    tables.money("month", "A month"),
    tables.money("guideline", "Guideline"),
    tables.text("says", "So it is"),
)
BESIDE = {True: cells.Tag("Above", "yellow"), False: cells.Tag("Within", "green"), None: None}
HISTORY = (
    tables.day("taken_on", "Taken on"),
    tables.text("form", "Form"),
    tables.text("surplus", "Left in a month"),
)
FORMS = {surplus.Form.SHORT: "Short", surplus.Form.FULL: "Full"}
PARTS = (
    ("Comes in", "income_pence"),
    ("Needed to live on", "essential_pence"),
    ("Bills that go on", "ongoing_pence"),
    ("Already taken for debts", "deduction_pence"),
)


class Household(forms.FilterForm):
    """For which household the guidelines are shown."""

    household = fields.SelectField(
        what="the household", label="Guidelines for which household?", choices=()
    )

    def __init__(self, *args: Any, kinds: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: fields.SelectField = self.fields["household"]  # type: ignore[assignment]
        chosen.choices = [("", "Choose"), *((one, one) for one in kinds)]


@opening.helping(people.SEE_PERSON)
def budget(visit: Visit, number: int) -> HttpResponse:
    """Show what a household has, needs and can spare, and how old the figures are."""
    found = queries.history(number, purpose=visit.purpose, on=visit.today)
    newest = found[0] if found else None
    return render(
        visit,
        "plans/budget.html",
        {
            "number": number,
            "newest": newest,
            "summary": summary(newest) if newest else [],
            "figures": _figures(newest) if newest else None,
            "has_plan": bool(plans.of_person(number, purpose=visit.purpose, on=visit.today)),
            **_beside(visit, newest),
            "history": _history(found) if found[1:] else None,
            "may_record": capabilities.RECORD_STATEMENT.slug in visit.actor.capabilities,
        },
    )


@opening.helping(capabilities.RECORD_STATEMENT)
def statement(visit: Visit, number: int) -> HttpResponse:
    """Ask for a statement, step by step; check it; record it."""
    person = opening.person(number)
    form = surplus.Form.FULL if _asks_for_all(visit) else surplus.Form.SHORT
    newest = queries.newest(number, purpose=visit.purpose, on=visit.today)
    before = newest.statement if newest else None
    posted = visit.POST if visit.method == "POST" and "at" in visit.POST else None
    steps = asking.steps(posted, form=form, before=before, on=visit.today)
    at = _at(visit, len(steps)) if posted is not None else 0
    if posted is None or posted.get("go") == "back":
        return _ask(visit, steps, at, form)
    wrong = next((i for i, (_, one) in enumerate(steps[: at + 1]) if not one.is_valid()), None)
    if wrong is not None:
        return _ask(visit, steps, wrong, form)
    if at + 1 < len(steps):
        return _ask(visit, steps, at + 1, form)
    figures = [one for _, step in steps for one in step.figures()]
    if posted.get("go") != "confirm":
        return _check(visit, figures, form)
    try:
        with transaction.atomic():
            one_use.spend(visit)
            commands.record_statement(
                person=person, form=form, figures=figures, by=visit.actor, on=visit.today
            )
    except one_use.AlreadySent:
        return redirect("plans:budget", number)
    except (commands.CannotStand, one_use.NotOurs) as refusal:
        steps[-1][1].add_error(None, str(refusal))
        return _ask(visit, steps, len(steps) - 1, form)
    messages.success(visit, "Statement recorded")
    return redirect("plans:budget", number)


def summary(found: queries.Budget) -> list[components.Row]:
    """Return what a statement comes to in a month, and how old it is."""
    rows = [components.Row(title, cells.Pence(getattr(found.sum, name))) for title, name in PARTS]
    return [
        *rows,
        components.Row("Left in a month", left(found.surplus_pence)),
        components.Row("Oldest figure", age(found)),
    ]


def left(pence: int | None) -> Any:
    """Write what is left in a month: too little is said, not shown as a minus alone."""
    if pence is None:
        return "Not known yet"
    if pence < 0:
        return f"{wording.money(-pence)} too little"
    return cells.Pence(pence)


def age(found: queries.Budget) -> Any:
    """Write how old a statement is, and whether it is too old for a plan."""
    days = found.sum.age_days
    words = "Of today" if not days else f"{wording.number(days)} days old"
    if not found.is_old:
        return words
    return cells.Lines((words, cells.Tag(f"Ask anew after {found.lasts_days} days", "yellow")))


def _asks_for_all(visit: Visit) -> bool:
    asked = visit.POST if visit.method == "POST" else visit.GET
    return asked.get("form") == surplus.Form.FULL.value


def _at(visit: Visit, steps: int) -> int:
    """Return which step was answered; going back shows the one before it."""
    given = visit.POST.get("at", "")
    at = int(given) if given.isdecimal() and len(given) < 3 else 0
    if visit.POST.get("go") == "back":
        at -= 1
    return min(max(at, 0), steps - 1)


def _ask(
    visit: Visit, steps: list[tuple[asking.Step, asking.StepForm]], at: int, form: surplus.Form
) -> HttpResponse:
    step, shown = steps[at]
    return render(
        visit,
        "plans/statement_step.html",
        {
            "form": shown,
            "kind": form.value,
            "step": step,
            "at": at,
            "count": len(steps),
            "carried": list(_carried(visit, shown)),
        },
    )


def _carried(visit: Visit, shown: asking.StepForm | None = None) -> Iterator[tuple[str, str]]:
    """Return the answers of the other steps, to be posted again with this one."""
    own = {one_use.FIELD, "csrfmiddlewaretoken", "at", "go", "form"}
    mine = set(shown.fields) if shown is not None else set()
    for name in visit.POST:
        field = name
        for part in ("_day", "_month", "_year"):  # the boxes of a day
            field = field.removesuffix(part)
        if name not in own and not {name, field} & mine:
            for value in visit.POST.getlist(name):
                yield name, value


def _check(visit: Visit, figures: list[surplus.Figure], form: surplus.Form) -> HttpResponse:
    headings = surplus.headings(visit.today)
    summed = surplus.work_out(figures, form=form, headings=headings, on=visit.today)
    return render(
        visit,
        "plans/statement_check.html",
        {
            "kind": form.value,
            "at": len(asking.STEPS),
            "carried": list(_carried(visit)),
            "rows": [
                *(components.Row(title, cells.Pence(getattr(summed, at))) for title, at in PARTS),
                components.Row("Left in a month", left(summed.surplus_pence)),
            ],
            "missing": [headings[slug].title for slug in summed.missing],
        },
    )


def _beside(visit: Visit, newest: queries.Budget | None) -> dict[str, Any]:
    """Return the statement beside the council's guidelines, for the household that was chosen."""
    kinds = guidelines.households(newest.statement.taken_on) if newest else []
    asked = visit.GET.get("household", "")
    chosen = asked if asked in kinds else (kinds[0] if len(kinds) == 1 else "")
    rows = [
        {
            "heading": one.title,
            "month": one.pence,
            "guideline": one.guideline.pence,
            "says": BESIDE[one.is_above],
        }
        for one in (guidelines.beside(newest, chosen) if newest and chosen else [])
    ]
    form = Household(visit.GET if asked else None, kinds=kinds) if len(kinds) > 1 else None
    title = f"Beside the council’s guidelines: {chosen}"
    return {
        "has_guidelines": bool(kinds),
        "household": form,
        "beside": tables.Table(title, BESIDE_COLUMNS, rows) if chosen else None,
    }


def _figures(found: queries.Budget) -> tables.Table:
    rows = [_figure(line, found.headings) for line in found.sum.lines]
    return tables.Table("Figure by figure", FIGURES, rows)


def _figure(line: surplus.Line, headings: Mapping[str, surplus.Heading]) -> dict[str, Any]:
    one = line.figure
    told = None
    if one.pence is not None:
        told = f"{wording.money(one.pence)} {asking.OFTEN[one.every].lower()}"
    source = models.Figure.Source(one.source).label
    return {
        "heading": headings[one.heading].title,
        "told": told,
        "month": line.month_pence,
        "source": cells.Lines((source, wording.short_day(one.observed))),
    }


def _history(found: list[queries.Budget]) -> tables.Table:
    rows = [
        {
            "taken_on": one.statement.taken_on,
            "form": FORMS[surplus.Form(one.statement.form)],
            "surplus": left(one.surplus_pence),
        }
        for one in found
    ]
    return tables.Table("Every statement", HISTORY, rows)


def page_of(number: int) -> str:
    """Return the address of a household's budget."""
    return reverse("plans:budget", args=[number])
