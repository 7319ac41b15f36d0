"""The steps of the form that asks for a statement, and the figures that its answers make."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html

from borough.kernel.pages import fields, forms
from borough.resident.plans import models
from borough.rules.support import surplus

EVERY = (
    ("weekly", "Every week"),
    ("fortnightly", "Every two weeks"),
    ("four_weekly", "Every four weeks"),
    ("monthly", "Every month"),
    ("quarterly", "Every three months"),
    ("annual", "Once a year"),
)
OFTEN = dict(EVERY)


@dataclass(frozen=True)
class Step:
    """A page of the form: its name in what is posted, its title, the groups of headings on it."""

    name: str
    title: str
    groups: tuple[str, ...]


STEPS = (
    Step("income", "What comes in", ("Income",)),
    Step("home", "Home and utilities", ("Home", "Utilities")),
    Step("living", "Living costs", ("Fixed costs", "Flexible costs", "Savings")),
    Step("taken", "What is already taken for debts", ("Already taken",)),
)


class StepForm(forms.Form):
    """One step: an amount and how often for each heading; where they are from, of which day."""

    marks_optional = False  # nothing need be known, and the page says so once

    def __init__(
        self,
        data: Any,
        *,
        step: Step,
        headings: Mapping[str, surplus.Heading],
        before: Mapping[str, Any],
        on: date,
    ) -> None:
        names = [f"{slug}{part}" for slug in headings for part in ("", "_every")]
        posted = data is not None and any(name in data for name in names)
        super().__init__(data if posted else None, initial=dict(before))
        self.headings = headings
        for slug, one in headings.items():
            self._ask(slug, one)
        self.source_name, self.day_name = f"{step.name}_source", f"{step.name}_observed"
        self.fields[self.source_name] = fields.ChoiceField(
            what="where these figures are from",
            label="Where are these figures from?",
            choices=models.Figure.Source.choices,
            initial=models.Figure.Source.TOLD,
        )
        self.fields[self.day_name] = fields.DayField(
            what="the day of these figures",
            label="On which day were they so?",
            latest=on,
            initial=on,
        )

    @property
    def pairs(self) -> Iterator[tuple[Any, Any]]:
        """The amount and the frequency of each heading, as the page draws them."""
        return ((self[slug], self[f"{slug}_every"]) for slug in self.headings)

    @property
    def about(self) -> tuple[Any, Any]:
        """Where the figures are from, and of which day."""
        return self[self.source_name], self[self.day_name]

    def figures(self) -> Iterator[surplus.Figure]:
        """Return what was answered; what was left empty was asked and is not known."""
        given = self.cleaned_data
        for slug in self.headings:
            yield surplus.Figure(
                slug,
                given[slug],
                given[f"{slug}_every"],
                given[self.source_name],
                given[self.day_name],
            )

    def _ask(self, slug: str, one: surplus.Heading) -> None:
        self.fields[slug] = fields.MoneyField(
            what=one.title[:1].lower() + one.title[1:], label=one.title, required=False
        )
        self.fields[f"{slug}_every"] = fields.SelectField(
            what=f"how often: {one.title}",
            label=format_html(
                'How often?<span class="govuk-visually-hidden"> {}</span>', one.title
            ),
            choices=EVERY,
            initial="monthly",
        )


def steps(
    data: Any,
    *,
    form: surplus.Form,
    before: models.Statement | None,
    on: date,
) -> list[tuple[Step, StepForm]]:
    """Return every step with its form, bound where it was posted.

    Args:
        data: what was posted, or None.
        form: which headings are asked.
        before: the statement that is corrected: its figures stand in the form, with their days.
        on: today.
    """
    asked = {
        slug: one
        for slug, one in surplus.headings(on).items()
        if one.short or form is surplus.Form.FULL
    }
    return [
        (
            step,
            StepForm(
                data,
                step=step,
                headings={slug: one for slug, one in asked.items() if one.group in step.groups},
                before=_before(step, asked, before),
                on=on,
            ),
        )
        for step in STEPS
    ]


def _before(
    step: Step, asked: Mapping[str, surplus.Heading], before: models.Statement | None
) -> dict[str, Any]:
    """Return the last answers of a step, with the source and the day that they had then."""
    if before is None:
        return {}
    mine: Sequence[models.Figure] = [
        one
        for one in before.figures.all()
        if one.heading in asked and asked[one.heading].group in step.groups
    ]
    if not mine:
        return {}
    oldest = min(mine, key=lambda one: one.observed)
    answers: dict[str, Any] = {
        f"{step.name}_source": oldest.source,
        f"{step.name}_observed": oldest.observed,
    }
    for one in mine:
        answers[one.heading] = one.pence
        answers[f"{one.heading}_every"] = one.every
    return answers
