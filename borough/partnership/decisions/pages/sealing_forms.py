"""The form of a position: what one partner thinks, in the council's words."""

from typing import Any

from borough.kernel import joining
from borough.kernel.pages import fields, forms
from borough.partnership.decisions import models, positions
from borough.partnership.measures import definitions


class Position(forms.Form):
    """What one partner would do, how sure it is, what it expects, and why."""

    option = fields.ChoiceField(what="an option", label="What would you do?", choices=[])
    sure = fields.WholeNumberField(
        what="how sure you are",
        label="How sure are you?",
        help_text="50 is a toss of a coin, 100 is certain.",
        suffix="%",
        min_value=positions.LEAST_SURE,
        max_value=positions.MOST_SURE,
    )
    reasons = fields.ChoicesField(
        what="at least one reason",
        label="Which reasons weigh most?",
        choices=list(positions.REASONS.items()),
    )
    why = fields.LongTextField(
        what="why", label="Why, in your own words?", max_length=positions.LONGEST
    )
    change_mind = fields.LongTextField(
        what="what would change your mind",
        label="What would change your mind?",
        rows=2,
        max_length=positions.LONGEST,
    )
    risks = fields.LongTextField(
        what="what can go wrong", label="What can go wrong?", rows=2, max_length=positions.LONGEST
    )
    vulnerable = fields.LongTextField(
        what="what it does to those who have least",
        label="What does it do to the residents who have least?",
        rows=2,
        max_length=positions.LONGEST,
    )
    staff = fields.LongTextField(
        what="what it does to staff",
        label="What does it do to staff?",
        rows=2,
        max_length=positions.LONGEST,
    )

    def __init__(self, case: models.Case, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.case = case
        numbered = [(str(number), words) for number, words in enumerate(case.options)]
        self.fields["option"].choices = numbered  # type: ignore[attr-defined]
        self.measures = definitions.measures()
        for place in range(1, positions.MOST_FORECASTS + 1) if self.measures else ():
            self.fields.update(_forecast(place, self.measures))

    def clean(self) -> dict[str, Any] | None:
        """Read the forecasts, each whole or not at all, and the rest by the rules of a position."""
        cleaned = super().clean() or {}
        forecasts = [self._read(place) for place in range(1, positions.MOST_FORECASTS + 1)]
        if self.errors:
            return cleaned
        position = positions.Position(
            option=int(cleaned["option"]),
            sure=cleaned["sure"],
            forecasts=tuple(one for one in forecasts if one),
            reasons=tuple(cleaned["reasons"]),
            **{name: cleaned[name] for name in positions.WORDS},
        )
        options = len(self.case.options)
        for fault in positions.faults(position, options=options, measures=self.measures):
            self.add_error(None, fault)
        return {"position": position}

    def _read(self, place: int) -> positions.Forecast | None:
        slug = self.cleaned_data.get(f"measure_{place}")
        names = [f"{part}_{place}" for part in ("low", "median", "high", "due")]
        if not slug:
            if place > 1 and any(self.cleaned_data.get(name) for name in names):
                self.add_error(f"measure_{place}", "Select which measure this forecast is of")
            return None
        for name in names:
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, f"Enter {_asks(name)} of this forecast, or select no measure")
        measure = self.measures[slug]
        low, median, high = (self._value(name, measure) for name in names[:3])
        due = self.cleaned_data.get(names[3])
        if due is None or low is None or median is None or high is None:
            return None
        return positions.Forecast(slug, low, median, high, due)

    def _value(self, name: str, measure: joining.Measure) -> int | None:
        text = self.cleaned_data.get(name, "")
        if not text:
            return None
        try:
            return positions.hundredths(text, measure.unit)
        except ValueError:
            self.add_error(name, "Write it as a number, like 97.5")
            return None


def _asks(name: str) -> str:
    return {
        "low": "the lowest value",
        "median": "the middle value",
        "high": "the highest value",
        "due": "the day",
    }[name.partition("_")[0]]


def _forecast(place: int, measures: Any) -> dict[str, Any]:
    """Return the fields of one forecast; the first must be given."""
    titles = [(slug, one.title) for slug, one in measures.items()]
    named, needed = f"Forecast {place}: ", place == 1
    return {
        f"measure_{place}": fields.SelectField(
            what="a measure to forecast",
            label=f"{named}which measure?",
            choices=titles,
            required=needed,
        ),
        f"low_{place}": fields.TextField(
            what="the lowest value",
            label=f"{named}lowest value",
            help_text="Only 1 time in 10 would it be lower. In its own unit: per cent, pounds, "
            "days or a count.",
            required=needed,
            max_length=16,
        ),
        f"median_{place}": fields.TextField(
            what="the middle value",
            label=f"{named}what do you expect?",
            required=needed,
            max_length=16,
        ),
        f"high_{place}": fields.TextField(
            what="the highest value",
            label=f"{named}highest value",
            help_text="Only 1 time in 10 would it be higher.",
            required=needed,
            max_length=16,
        ),
        f"due_{place}": fields.DayField(
            what="the day", label=f"{named}on which day?", required=needed
        ),
    }
