"""The founding claim as a paper: what was asked exactly, what was found, what it cannot see."""

from typing import Any

from borough.kernel.pages import tables, wording
from borough.resident.effect import claim, figures, measuring, papers
from borough.rules import statistics
from borough.rules.statistics import Share

TITLE = "Behind with Council Tax, behind with rent"
DEFINITION = (
    (
        "Behind with Council Tax: a living person who holds a Council Tax account of this year, "
        "and "
        "of any year of whose Council Tax something was to be paid before the day and is not paid."
    ),
    (
        "Behind with rent: a rent account in their name is owed for, and either its oldest "
        "unpaid day "
        "is past or, where its landlord tells no day, the landlord has at least reminded them."
    ),
    (
        "Joined: the landlord’s record is joined to the person at the council’s threshold by an "
        "identifier that both hold, or a person decided. Pairs that wait for a person are counted "
        "apart and never added in."
    ),
    (
        "Counted: everybody billed, also those who do not rent. Nobody is counted whose consent is "
        "needed and does not hold."
    ),
)
BLIND = (
    (
        "Tenants of landlords who send us nothing, and tenants who did not agree to it: the "
        "share is "
        "a least share."
    ),
    "Partners: a tenancy in one name and a Council Tax account in the other are two people.",
    "It says that two things go together. It does not say that one leads to the other.",
)


def paper(kept: measuring.Kept) -> papers.Paper:
    """Return what a count of the claim found, to show and to print."""
    found = kept.found
    behind, others = found["behind"], found["others"]
    before = statistics.share(found["before"]["behind"], found["before"]["people"])
    after, other = _of(behind), _of(others)
    return papers.Paper(
        title=TITLE,
        lead=(_lead(after, before),),
        parts=(
            papers.Part("What was asked", points=DEFINITION),
            _before_and_after(before, after, behind, found.get(claim.TRUTH)),
            _lift(after, other, behind, others),
            _reverse(found["reverse"]),
            *_truth(found.get(claim.TRUTH), after, behind),
            papers.Part("What this cannot see", points=BLIND),
        ),
        on=kept.on,
        foot=foot(kept),
    )


def foot(kept: measuring.Kept) -> str:
    """Return how a count was made."""
    same = "" if kept.is_same else " It was asked otherwise than it would be today."
    return (
        f"Counted from the records of {wording.day(kept.on)} by run {kept.run}; sha256 of what "
        f"asks: {kept.hash[:16]}.{same} Intervals hold the true share 95 times in a hundred."
    )


def _lead(after: Share, before: Share) -> str:
    if not after.of:
        return "Nobody is behind with Council Tax, so there is nothing to count."
    return (
        f"Of {wording.number(after.of)} people behind with Council Tax, "
        f"{wording.number(after.hits)} ({figures.percent(after.permille)}; between "
        f"{figures.interval(after)}) are known to be behind with rent, too. Before other "
        f"organisations’ records were joined, it was known of {wording.number(before.hits)}."
    )


def _of(counted: dict[str, int]) -> Share:
    return statistics.share(counted["behind"], counted["people"])


def _of_renting(counted: dict[str, int]) -> Share:
    return statistics.share(counted["behind"], counted["renting"])


def _before_and_after(
    before: Share, after: Share, behind: dict[str, int], truth: dict[str, Any] | None
) -> papers.Part:
    with_waiting = statistics.share(behind["behind"] + behind["waiting"], behind["people"])
    shares = {
        "Before joining": before,
        "After joining": after,
        "If every pair that waits were one person": with_waiting,
    }
    if truth:
        shares["In truth, planted in the invented town"] = _of(truth["behind"])
    chart = figures.bars(
        "Of those behind with Council Tax, behind with rent",
        f"Known of {figures.percent(before.permille)} before joining and of "
        f"{figures.percent(after.permille)} after.",
        list(shares.items()),
        of="When",
    )
    title = "Of those behind with Council Tax, behind with rent, with intervals"
    return papers.Part(
        "Before and after joining", chart=chart, sheets=(figures.table(title, shares),)
    )


def _lift(
    after: Share, other: Share, behind: dict[str, int], others: dict[str, int]
) -> papers.Part:
    shares = {
        "Behind with Council Tax": after,
        "Not behind with Council Tax": other,
        "Behind with Council Tax, and known to rent": _of_renting(behind),
        "Not behind with Council Tax, and known to rent": _of_renting(others),
    }
    all_of_them = statistics.ratio(after, other)
    renting = statistics.ratio(_of_renting(behind), _of_renting(others))
    return papers.Part(
        "Against those who are not behind with Council Tax",
        says=(
            (
                f"How often the share holds that of the others: {figures.ratio(all_of_them)}. "
                "Among "
                f"those known to rent: {figures.ratio(renting)}."
            ),
        ),
        sheets=(figures.table("Behind with rent", shares),),
    )


def _reverse(reverse: dict[str, int]) -> papers.Part:
    rows = [
        {"what": what, "count": reverse[name]}
        for name, what in (
            ("records", "Tenants’ records that are behind with rent"),
            ("people", "People to whom such records are joined"),
            ("waiting", "Records that wait for a person to decide whose they are"),
            ("unknown", "Records of which we know nobody they could be"),
        )
    ]
    columns = (tables.text("what", "Which"), tables.number("count", "How many"))
    share = {
        "Of those joined who are billed": statistics.share(reverse["behind"], reverse["billed"]),
        "Of all who are joined": statistics.share(reverse["behind"], reverse["people"]),
    }
    return papers.Part(
        "The other way round: of those behind with rent, behind with Council Tax",
        sheets=(
            figures.table("Behind with Council Tax", share),
            tables.Table("What stands behind these", columns, rows),
        ),
    )


def _truth(
    truth: dict[str, Any] | None, after: Share, behind: dict[str, int]
) -> tuple[papers.Part, ...]:
    if not truth:
        return ()
    full, agreed = truth["behind"], truth["agreed"]
    shares = {
        "In truth": _of(full),
        "In truth, of those of whom their landlord tells us": _of(agreed),
        "In truth, of those who rent": _of_renting(full),
        "In truth, not behind with Council Tax, of those who rent": _of_renting(truth["others"]),
        "Known after joining, of what is so among these": statistics.share(
            truth["right"], agreed["behind"]
        ),
        "Right, of those known after joining": statistics.share(truth["right"], after.hits),
    }
    return (
        papers.Part(
            "Against the truth of the invented town",
            says=(
                (
                    "Who each record truly is was planted apart, and no system reads it. How often "
                    "rent is late where Council Tax is, was invented too: it says nothing of any "
                    "real place."
                ),
            ),
            sheets=(figures.table("What is so, and what is known of it", shares),),
        ),
    )
