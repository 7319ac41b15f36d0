"""Development and strategy: what is changed, what was promised, and what both do better."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from borough.partnership.next_year import answers
from borough.partnership.next_year import queries as asking
from borough.partnership.promises import queries as promises
from borough.partnership.register import queries
from borough.partnership.register.health.delivery import CHANGES, HEARD, lying
from borough.partnership.register.health.evidence import (
    OLD_DAYS,
    Evidence,
    age,
    any_old,
    counted,
)
from borough.partnership.savings.queries import terms
from borough.rules import years
from borough.rules.partnership.promises import Status


def contract_development(on: date) -> Iterator[Evidence]:
    """Yield which changes wait, and which were agreed."""
    days = lying(HEARD.CHANGE_ASKED, HEARD.CHANGE_DECIDED, on)
    if days is not None:
        late = sum((on - one).days > OLD_DAYS for one in days)
        how_old = f", {late} for more than {OLD_DAYS} days, {age(days, on)}" if days else ""
        many = counted(len(days), "change waits to be decided", "changes wait to be decided")
        yield Evidence(f"{many}{how_old}.", attend=any_old(days, on), elsewhere=CHANGES)
    rule_set = terms.of_year(years.Year.holding(on), on)
    if rule_set is not None:
        found = terms.scope_changes(rule_set)
        many = counted(len(found), "change of scope is", "changes of scope are")
        yield Evidence(f"{many} in the terms.", "terms_version", (rule_set.pk,))
    theirs = queries.of_the_partners()
    if theirs is not None:
        made = [one for one in queries.history(theirs) if one.number and one.on <= on]
        many = counted(len(made), "amendment is", "amendments are")
        yield Evidence(f"{many} on the register.", "contract", (theirs.pk,))


def supplier_development(on: date) -> Iterator[Evidence]:
    """Yield how the promises stand: what the supplier said it would bring."""
    found = promises.standings(on)
    if not found:
        return
    stands = Counter(one.judged.status for one in found)
    told = ", ".join(f"{stands[one]} {one.value.lower()}" for one in Status if stands[one])
    many = counted(len(found), "promise", "promises")
    yield Evidence(f"{many}: {told}.", "promises", attend=bool(stands[Status.BROKEN]))
    unsigned = sum(not one.signed.both for one in found)
    if unsigned:
        many = counted(unsigned, "promise is", "promises are")
        yield Evidence(f"{many} not signed by both.", "promises", attend=True)


def supplier_relationship(on: date) -> Iterator[Evidence]:
    """Yield what both chose to do better or differently, and what became of it."""
    review = asking.newest()
    while review is not None:
        state = asking.state(review, on)
        if state.is_chosen:
            score = answers.score(answers.of(state))
            many = counted(score.answers, "answer", "answers")
            said = f"Both have signed {many} for {review.year}, of which {score.done} are done."
            yield Evidence(said, "next_year", (review.year,))
            return
        said = f"What both do better or differently in {review.year} is being asked."
        yield Evidence(said, "next_year", (review.year,))
        review = asking.before(review)


def market(_on: date) -> Iterator[Evidence]:
    """Yield nothing: of who else could do the work no record is kept."""
    yield from ()
