"""The form of a move: for each home, who left and who came on which day, and the furniture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from borough.kernel.pages import fields
from borough.kernel.people.models import Person
from borough.kernel.places.models import Dwelling
from borough.lines.revenues import models
from borough.lines.revenues.commands import moves
from borough.lines.revenues.pages import changing
from borough.lines.revenues.queries import moves as queries

BASIS = models.Liability.Basis
RIGHTS = [
    (BASIS.FREEHOLDER.value, "Owns the freehold"),
    (BASIS.LEASEHOLDER.value, "Owns a lease"),
    (BASIS.TENANT.value, "Rents it: statutory or secure tenant"),
    (BASIS.LICENSEE.value, "Has a licence to live there"),
    (BASIS.RESIDENT.value, "Lives there without any of these"),
    (BASIS.PARTNER.value, "Husband, wife, civil partner or partner of one of these"),
]
CARRY, STAY = "carry", "stay"
FIRST_DAY_AWAY = "The day of moving out: what is so at the end of a day holds for the whole of it."


@dataclass(frozen=True, slots=True)
class Panel:
    """One home of the form: who is there now, and who may have come.

    ``key`` tells its questions from those of the other home.
    """

    key: str
    dwelling: Dwelling
    address: str
    there: Sequence[queries.There]
    others: Sequence[Person]

    @property
    def leaving(self) -> list[Person]:
        """Everybody who may have left: those who are there, and adults nobody had recorded."""
        added = [one for one in self.others if one not in self.people]
        return [*self.people, *added] if self.key == "a" else self.people

    @property
    def people(self) -> list[Person]:
        """Those who live there or are liable."""
        return [one.person for one in self.there]

    def name(self, what: str, person: Person | None = None) -> str:
        """Return the name of a question about this home, or about somebody there."""
        return f"{what}_{self.key}_{person.pk}" if person else f"{what}_{self.key}"


class Move(changing.ChangeForm):
    marks_optional = False  # what did not happen is left empty; the page says so once

    def __init__(self, *args: Any, panels: Sequence[Panel], today: date, **options: Any) -> None:
        super().__init__(*args, today=today, **options)
        self.panels = panels
        for panel in panels:
            self._ask_people(panel)
            self._ask_home(panel)
        self._ask_rest()
        self.limit_days(today)

    def clean(self) -> dict[str, Any]:
        for panel in self.panels:
            for person in panel.others:
                self._refuse_half(panel, person)
        return self.cleaned_data

    def homes(self) -> list[moves.AtHome]:
        """Return what happened at each home, as the command takes it."""
        return [self._home(panel) for panel in self.panels]

    def letters(self) -> moves.Letters | None:
        """Return where letters go, if it was said."""
        lines = self.cleaned_data["letters"].strip()
        return moves.Letters(lines, self.cleaned_data["postcode"].strip()) if lines else None

    def drawn(self) -> Iterator[dict[str, Any]]:
        """Return each home with its questions, as the page draws them."""
        for panel in self.panels:
            yield {
                "address": panel.address,
                "left": [self[panel.name("left", one)] for one in panel.leaving],
                "came": [
                    (one.name, self[panel.name("came", one)], self[panel.name("right", one)])
                    for one in panel.others
                ],
                "home": [self[panel.name(what)] for what in ("went", "furnished", "owners")],
            }

    def _ask_people(self, panel: Panel) -> None:
        for person in panel.leaving:
            self.fields[panel.name("left", person)] = fields.DayField(
                what=f"the day on which {person.name} left",
                label=f"When did {person.name} leave {_line(panel)}?",
                required=False,
            )
        for person in panel.others:
            self.fields[panel.name("came", person)] = fields.DayField(
                what=f"the day on which {person.name} came",
                label=f"When did {person.name} come to {_line(panel)}?",
                required=False,
            )
            self.fields[panel.name("right", person)] = fields.SelectField(
                what=f"by what right {person.name} lives there",
                label=f"By what right does {person.name} live at {_line(panel)}?",
                choices=RIGHTS,
                required=False,
            )

    def _ask_home(self, panel: Panel) -> None:
        self.fields[panel.name("went")] = fields.DayField(
            what="the day on which the furniture went",
            label=f"When did the furniture leave {_line(panel)}?",
            help_text="Leave it empty while the home is furnished.",
            required=False,
        )
        self.fields[panel.name("furnished")] = fields.DayField(
            what="the day on which furniture came",
            label=f"When did furniture come to {_line(panel)}?",
            required=False,
        )
        everybody = {str(one.pk): one.name for one in [*panel.people, *panel.others]}
        self.fields[panel.name("owners")] = fields.ChoicesField(
            what="who is liable while nobody lives there",
            label=f"Who owns {_line(panel)} on days when nobody lives there?",
            help_text="Somebody who rents it for six months or more counts as the owner until "
            "that ends. Tick nobody while it is not known: the home then waits in a list.",
            choices=list(everybody.items()),
            required=False,
        )

    def _ask_rest(self) -> None:
        self.fields["letters"] = fields.LongTextField(
            what="the address for letters",
            label="Where do letters to those who left go?",
            help_text="Leave it empty when they moved to a home on this page, or nobody knows. "
            "Enter the address, a line each.",
            rows=3,
            required=False,
        )
        self.fields["postcode"] = fields.TextField(
            what="the postcode", label="Postcode of that address", max_length=12, required=False
        )
        self.fields["credit"] = fields.ChoiceField(
            what="what becomes of a credit",
            label="What becomes of a credit that is left over?",
            choices=[
                (CARRY, "It goes to the new account of the same people"),
                (STAY, "It stays on the old account, to be refunded"),
            ],
            initial=CARRY,
        )

    def _refuse_half(self, panel: Panel, person: Person) -> None:
        came, right = panel.name("came", person), panel.name("right", person)
        if self.cleaned_data.get(came) and right in self.cleaned_data:
            if not self.cleaned_data[right]:
                self.add_error(right, f"Select by what right {person.name} lives there")
        elif self.cleaned_data.get(right) and came in self.cleaned_data:
            self.add_error(came, f"Enter the day on which {person.name} came")

    def _home(self, panel: Panel) -> moves.AtHome:
        answers = self.cleaned_data
        owners = set(answers[panel.name("owners")])
        return moves.AtHome(
            dwelling=panel.dwelling,
            left=[
                moves.Left(one, day)
                for one in panel.leaving
                if (day := answers[panel.name("left", one)])
            ],
            came=[
                moves.Came(one, day, answers[panel.name("right", one)])
                for one in panel.others
                if (day := answers[panel.name("came", one)])
            ],
            furniture_went=answers[panel.name("went")],
            furniture_came=answers[panel.name("furnished")],
            owners=[one for one in [*panel.people, *panel.others] if str(one.pk) in owners],
        )


def _line(panel: Panel) -> str:
    """Return the first line of the address: enough to tell two homes of one page apart."""
    return panel.address.partition(",")[0]
