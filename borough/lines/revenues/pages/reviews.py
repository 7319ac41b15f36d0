"""Reviews of single person discounts: drawn by one officer, committed by another, answered."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from borough.kernel import commanding, doing, visits
from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, fields, forms, one_use, paging, tables
from borough.kernel.runs.models import Run
from borough.kernel.visits import Subject, Visit, personal
from borough.lines.revenues import capabilities, models
from borough.lines.revenues.commands import changing as refusals
from borough.lines.revenues.commands import reviews as commands
from borough.lines.revenues.pages import changing, subjects
from borough.lines.revenues.queries import accounts
from borough.lines.revenues.queries import reviews as queries

KINDS = models.ReviewAnswer.Kind
RUNS = (
    tables.text("run", "Review"),
    tables.day("on", "Day"),
    tables.text("by", "By"),
    tables.number("asked", "Accounts"),
    tables.text("state", "State"),
)
PICKED = (
    tables.text("account", "Account"),
    tables.text("address", "Home"),
    tables.text("why", "Why"),
    tables.text("letters", "Letters"),
    tables.text("answer", "Answer"),
)
COUNTS = (tables.text("what", "Which"), tables.number("count", "Accounts"))


class Draw(forms.Form):
    known = fields.WholeNumberField(
        what="how many where another adult is known",
        label=f"How many: {queries.STRATA[queries.KNOWN][:1].lower()}"
        f"{queries.STRATA[queries.KNOWN][1:]}?",
        min_value=0,
        max_value=commands.MOST,
    )
    long = fields.WholeNumberField(
        what="how many not asked for three years",
        label="How many: not asked for three years or more?",
        min_value=0,
        max_value=commands.MOST,
    )
    others = fields.WholeNumberField(
        what="how many of all others",
        label="How many of all others?",
        min_value=0,
        max_value=commands.MOST,
    )
    seed = fields.WholeNumberField(
        what="a number to draw by",
        label="Which number shall the draw follow?",
        help_text="The same number over the same records draws the same accounts.",
        min_value=0,
        max_value=999_999,
    )


class Answer(changing.ChangeForm):
    kind = fields.ChoiceField(
        what="how the review ended",
        label="How did the review end?",
        choices=KINDS.choices,
        hints={
            KINDS.ENDED: "Only after two letters. It is your decision: nothing ends by itself.",
            KINDS.WITHDRAWN: "For who has moved or died, say, or should not have been asked.",
        },
    )
    since = fields.DayField(
        what="the day from which the discount ends",
        label="From which day do more adults live there, or does the discount end?",
        required=False,
    )
    adults = fields.WholeNumberField(
        what="the number of adults who live there then",
        label="How many adults live there then?",
        min_value=2,
        max_value=99,
        required=False,
    )


@visits.page(capabilities.PREPARE_REVIEW)
def reviews(visit: Visit) -> HttpResponse:
    """Draw a sample; see the reviews so far."""
    form = Draw(doing.asked(visit))
    if form.is_valid():
        try:
            with transaction.atomic():
                one_use.spend(visit)
                answers = dict(form.cleaned_data)
                run = commands.prepare_review(
                    seed=answers.pop("seed"), sizes=answers, by=visit.actor, on=visit.today
                )
        except one_use.AlreadySent:
            return redirect("revenues:reviews")
        except commanding.NotAllowed:
            raise
        except (commanding.Refusal, one_use.NotOurs) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("revenues:review", run.pk)
    found = queries.discounts(visit.today)
    return render(
        visit,
        "revenues/reviews.html",
        {
            "form": form,
            "button": "Draw a sample",
            "counts": _counts("Discounts that can be reviewed", _sizes(found)),
            "left_out": _counts("Left out", _reasons(found.left_out)),
            "runs": _runs(),
        },
    )


@visits.page(capabilities.PREPARE_REVIEW)
def review(visit: Visit, number: int) -> HttpResponse:
    """Show who was drawn and why; commit it, or ask again."""
    run = get_object_or_404(Run, pk=number, kind=commands.PREVIEW)
    committed = Run.objects.filter(key=f"{commands.ASKING}/{run.pk}").first()
    form = forms.Form(doing.asked(visit))
    if visit.method == "POST":
        try:
            with transaction.atomic():
                one_use.spend(visit)
                said = _act(visit, run, committed)
        except one_use.AlreadySent:
            return redirect("revenues:review", number)
        except commanding.NotAllowed:
            raise
        except (commanding.Refusal, one_use.NotOurs) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(visit, said)
            return redirect("revenues:review", number)
    rows = _committed_rows(committed, visit) if committed else _drawn_rows(run)
    page = paging.numbered(rows, visit.GET)
    part = run.parts.first()
    return render(
        visit,
        "revenues/review.html",
        {
            "form": form,
            "run": run,
            "committed": committed,
            "mine": run.by == visit.actor.reference,
            "may_commit": capabilities.COMMIT_REVIEW.slug in visit.actor.capabilities,
            "waiting": len(queries.unanswered(committed.pk, visit.today)) if committed else 0,
            "not_asked": queries.not_asked(committed) if committed else 0,
            "why": _counts("Who is asked", _whys(run)),
            "left_out": _counts("Left out", _reasons(part.result["left_out"] if part else {})),
            "table": tables.Table("Accounts", PICKED, list(page)),
            "page": page,
        },
    )


def _of_review(number: int) -> Subject:
    return subjects.of_account(_review(number).account.reference)


@personal(capabilities.CHANGE_HOUSEHOLD, subject=_of_review)
def answer(visit: Visit, number: int) -> HttpResponse:
    """Record how a review ended."""
    one = _review(number)
    committed = Run.objects.get(pk=one.run_id)
    change = changing.Change(
        title=f"Record the answer about account {one.account.reference}",
        says="A discount ends only where more adults live there, or by your decision after two "
        "letters without an answer.",
        act=lambda **answers: commands.answer_review(
            review=one, by=visit.actor, on=visit.today, **answers
        ),
        done="Answer recorded",
        back=reverse("revenues:review", args=[committed.asked["preview"]]),
        accounts=[one.account.reference],
        places={
            commands.AskAgainFirst: "kind",
            commands.AlreadyAnswered: "kind",
            refusals.NotDiscounted: "since",
            refusals.NotADay: "since",
        },
        over="This review has its answer already." if hasattr(one, "answer") else "",
        law="Local Government Finance Act 1992, section 11; SI 1992/613, regulations 14 to 16",
    )
    return changing.make(visit, Answer(changing.asked(visit), today=visit.today), change)


def _act(visit: Visit, run: Run, committed: Run | None) -> str:
    if committed is None:
        commands.commit_review(preview=run, by=visit.actor, on=visit.today)
        return "Everybody drawn is asked"
    count = commands.ask_again(run=committed, by=visit.actor, on=visit.today)
    return f"{count} asked a second time"


def _drawn_rows(run: Run) -> list[dict[str, Any]]:
    picked = queries.picked(run)
    found = models.Account.objects.in_bulk([one for one, _ in picked])
    return [_row(found[account]) | {"why": queries.STRATA[why]} for account, why in picked]


def _committed_rows(committed: Run, visit: Visit) -> list[dict[str, Any]]:
    may = capabilities.CHANGE_HOUSEHOLD.slug in visit.actor.capabilities
    return [
        _row(one.account)
        | {
            "why": queries.STRATA[one.why],
            "letters": str(len(one.letters.all())),
            "answer": _answer(one, may=may),
        }
        for one in queries.of_run(committed.pk)
    ]


def _answer(one: models.Review, *, may: bool) -> cells.Link | str:
    if hasattr(one, "answer"):
        return one.answer.get_kind_display()
    if not may:
        return "Not yet"
    return cells.Link(
        "Record",
        reverse("revenues:review_answer", args=[one.pk]),
        hidden=f"the answer about account {one.account.reference}",
    )


def _row(account: models.Account) -> dict[str, Any]:
    where = reverse("revenues:account", args=[account.reference])
    return {
        "account": cells.Link(account.reference, where),
        "address": accounts.address_line(account.dwelling_id),
    }


def _runs() -> tables.Table:
    drawn = list(Run.objects.filter(kind=commands.PREVIEW).order_by("-pk")[:20])
    names = officers.names({one.by for one in drawn})
    sent = set(Run.objects.filter(kind=commands.ASKING).values_list("key", flat=True))
    return tables.Table(
        "Reviews so far",
        RUNS,
        [
            {
                "run": cells.Link(f"Review {one.pk}", reverse("revenues:review", args=[one.pk])),
                "on": one.on,
                "by": names.get(one.by, one.by),
                "asked": len(queries.picked(one)),
                "state": "Asked" if f"{commands.ASKING}/{one.pk}" in sent else "Drawn",
            }
            for one in drawn
        ],
        empty="No review was drawn yet.",
    )


def _counts(caption: str, counts: dict[str, int]) -> tables.Table:
    rows = [{"what": what, "count": count} for what, count in counts.items()]
    return tables.Table(caption, COUNTS, rows, empty="Nobody.")


def _sizes(found: queries.Discounts) -> dict[str, int]:
    return {queries.STRATA[name]: len(ids) for name, ids in found.strata.items()}


def _reasons(left_out: dict[str, int]) -> dict[str, int]:
    return {queries.LEFT_OUT[name]: count for name, count in left_out.items() if count}


def _whys(run: Run) -> dict[str, int]:
    counts = Counter(why for _, why in queries.picked(run))
    return {queries.STRATA[name]: count for name, count in counts.items()}


def _review(number: int) -> models.Review:
    return get_object_or_404(models.Review.objects.select_related("account__dwelling"), pk=number)
