"""Structure and resources: what was agreed and is decided, who is there, and what is on file."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from borough.kernel import dated
from borough.kernel.pages import wording as words
from borough.partnership.decisions import models as cases
from borough.partnership.decisions import queries as deciding
from borough.partnership.pack import models as packs
from borough.partnership.promises import models as promises
from borough.partnership.register import queries
from borough.partnership.register.health.evidence import Evidence, counted
from borough.partnership.savings.queries import terms
from borough.partnership.seats import queries as seats
from borough.partnership.seats.models import Party
from borough.rules import years


def governance(on: date) -> Iterator[Evidence]:
    """Yield whether terms hold, what waits to be decided, and when the board had its paper."""
    year = years.Year.holding(on)
    found = terms.of_year(year, on)
    if found is None:
        yield Evidence(
            f"No terms that both have signed hold for {year.name}.", "terms", attend=True
        )
    else:
        said = f"Version {found.version} of the terms holds for {year.name}."
        yield Evidence(said, "terms_version", (found.pk,))
    open_ = [one for one in deciding.states(cases.Case.objects.all()) if not one.is_decided]
    late = [one for one in open_ if one.case.decide_by < on]
    past = len(late) or "none"
    said = f"{counted(len(open_), 'decision waits', 'decisions wait')}, {past} past its day."
    yield Evidence(said, "decisions", attend=bool(late))
    pack = packs.Pack.objects.order_by("-on", "-pk").first()
    if pack is None:
        yield Evidence("No board pack was drawn up.", "packs", attend=True)
    else:
        yield Evidence(f"The last board pack is of {words.day(pack.on)}.", "packs")


def people(on: date) -> Iterator[Evidence]:
    """Yield who may speak for each partner, and how many stand on the list of staff."""
    sitting = Counter(one.party for one in seats.seats(on) if one.starts <= on)
    for party in Party:
        many = counted(sitting[party.value], "officer sits", "officers sit")
        said = f"{many} for the {party.label}."
        yield Evidence(said, "seats", attend=not sitting[party.value])
    if promises.Member.objects.exists():
        working = promises.Spell.objects.filter(dated.holds_on(on)).values("member").distinct()
        many = counted(working.count(), "person works", "people work")
        yield Evidence(f"{many} in a post on the list of staff.", "staff")


def administration(on: date) -> Iterator[Evidence]:
    """Yield what the register of contracts says."""
    rows = queries.register(on)
    theirs = queries.of_the_partners()
    if theirs is None:
        said = "The contract of the partnership is not on the register."
        yield Evidence(said, "contracts", attend=True)
    else:
        ends = queries.current(theirs, on).ends
        until = f"ends on {words.day(ends)}" if ends else "has no last day"
        said = f"The contract of the partnership {until}."
        yield Evidence(said, "contract", (theirs.pk,))
    if not rows:
        return
    running = [one for one in rows if not queries.has_ended(one, on)]
    soon = queries.ends_soon(rows, on)
    late = [one for one in running if one.review_on is not None and one.review_on < on]
    many = counted(len(running), "contract runs", "contracts run")
    yield Evidence(f"{many}, {len(soon)} of them to end within 12 months.", "contracts")
    if late:
        many = counted(len(late), "review date is", "review dates are")
        yield Evidence(f"{many} past.", "contracts", attend=True)
