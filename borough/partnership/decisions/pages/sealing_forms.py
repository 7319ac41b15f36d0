"""The form of a position: what one partner thinks, in the council's words."""

from typing import Any

from borough.kernel import joining
from borough.kernel.pages import fields, forms
from borough.partnership.decisions import models, positions
from borough.partnership.measures import definitions
from borough.rules.partnership import forecasting


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

    def __init__(
        self, case: models.Case, asked: positions.Asked, *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.asked = asked
        numbered = [(str(number), words) for number, words in enumerate(case.options)]
        forms.offer(self, "option", numbered)
        self.measures = definitions.measures()
        for place in range(1, positions.MOST_FORECASTS + 1) if self.measures else ():
            self.fields.update(_forecast(place, self.measures))
        if self.measures:
            self.fields.update(_chance(self.measures))

    def clean(self) -> dict[str, Any] | None:
        """Read the forecasts, each whole or not at all, and the rest by the rules of a position."""
        cleaned = super().clean() or {}
        forecasts = [self._read(place) for place in range(1, positions.MOST_FORECASTS + 1)]
        chance = self._read_chance()
        if self.errors:
            return cleaned
        position = positions.Position(
            option=int(cleaned["option"]),
            sure=cleaned["sure"],
            forecasts=tuple(one for one in forecasts if one),
            reasons=tuple(cleaned["reasons"]),
            **{name: cleaned[name] for name in positions.WORDS},
            chance=chance,
        )
        for fault in positions.faults(position, self.asked):
            self.add_error(None, fault)
        return {"position": position}

    def _read(self, place: int) -> positions.Forecast | None:
        names = [f"{part}_{place}" for part in ("low", "median", "high", "due")]
        slug = self._measure_of(f"measure_{place}", names)
        if not slug:
            return None
        measure = self.measures[slug]
        low, median, high = (self._value(name, measure) for name in names[:3])
        due = self.cleaned_data.get(names[3])
        if due is None or low is None or median is None or high is None:
            return None
        return positions.Forecast(slug, low, median, high, due)

    def _read_chance(self) -> positions.Chance | None:
        names = [f"chance_{part}" for part in ("reach", "value", "percent", "due")]
        slug = self._measure_of("chance_measure", names)
        if not slug:
            return None
        value = self._value("chance_value", self.measures[slug])
        reach, percent, due = (self.cleaned_data.get(names[place]) for place in (0, 2, 3))
        if value is None or not reach or percent is None or due is None:
            return None
        return positions.Chance(slug, reach, value, percent, due)

    def _measure_of(self, asks: str, names: list[str]) -> str:
        """Return the measure of a forecast, of which all else must then be there; "" for none."""
        slug: str = self.cleaned_data.get(asks, "")
        given = {name for name in names if self.cleaned_data.get(name) not in ("", None)}
        if slug:
            for name in names:
                if name not in given and name not in self.errors:
                    words = f"Enter {_asks(name)} of this forecast, or select no measure"
                    self.add_error(name, words)
        elif given and asks not in self.errors:
            self.add_error(asks, "Select which measure this forecast is of")
        return slug

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
        "reach": "whether it is at least or at most",
        "value": "the value",
        "percent": "how likely it is",
    }[name.removeprefix("chance_").partition("_")[0]]


def _chance(measures: Any) -> dict[str, Any]:
    """Return the fields of the forecast of yes or no, which need not be given."""
    named = "A forecast of yes or no: "
    return {
        "chance_measure": fields.SelectField(
            what="a measure",
            label=f"{named}which measure?",
            choices=[(slug, one.title) for slug, one in measures.items()],
            required=False,
        ),
        "chance_reach": fields.SelectField(
            what="whether it is at least or at most",
            label=f"{named}will it be at least or at most …",
            choices=list(positions.REACHES.items()),
            required=False,
        ),
        "chance_value": fields.TextField(
            what="the value", label=f"{named}… which value?", required=False, max_length=16
        ),
        "chance_due": fields.DayField(
            what="the day", label=f"{named}by which day?", required=False
        ),
        "chance_percent": fields.WholeNumberField(
            what="how likely it is",
            label=f"{named}how likely is that?",
            help_text="0 is never, 100 is certain.",
            suffix="%",
            min_value=0,
            max_value=forecasting.CERTAIN,
            required=False,
        ),
    }


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
