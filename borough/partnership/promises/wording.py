"""How promises read: what was promised, what it came to, how it stands."""

from borough.kernel.pages import wording as words
from borough.partnership.measures import wording as measured
from borough.partnership.promises import evidence, models
from borough.rules.partnership import promises

COLOURS = {
    promises.Status.KEPT: "green",
    promises.Status.ON_COURSE: "blue",
    promises.Status.AT_RISK: "yellow",
    promises.Status.BROKEN: "red",
    promises.Status.UNKNOWN: "grey",
}
QUARTERS = ("the best quarter", "the second quarter", "the third quarter", "the last quarter")


def value(promise: models.Promise, amount: int | None) -> str:
    """Return an amount of a promise's evidence as it is read; "Not known" where there is none."""
    if amount is None:
        return "Not known"
    plain = f"{amount / 100:,.2f}".removesuffix(".00")
    match evidence.SOURCES[models.Promise.Evidence(promise.evidence)].unit:
        case "percent":
            return f"{amount / 100:,.2f}%"
        case "pence":
            return words.money(amount)
        case "fte":
            return f"{plain} full-time equivalents"
        case "hours":
            return f"{plain} hours"
        case "quarter":
            return QUARTERS[amount // 100 - 1]
        case "count":
            return plain
    measure = evidence.measure_of(promise)
    return plain if measure is None else measured.value(measure, amount)


def promised(promise: models.Promise) -> str:
    """Return what was promised, as "at least 95.00% throughout, until 31 March 2018"."""
    least = "at least" if evidence.better_of(promise) == "higher" else "at most"
    unit = evidence.SOURCES[models.Promise.Evidence(promise.evidence)].unit
    target = value(promise, promise.target)
    to = f"In {target}" if unit == "quarter" else f"{least.capitalize()} {target}"
    if promise.target == 0 and evidence.better_of(promise) == "lower":
        to = "None"
    if promise.shape == models.Promise.Shape.BY:
        return f"{to} by {words.day(promise.due)}"
    return f"{to} throughout, until {words.day(promise.due)}"


def why(promise: models.Promise, judged: promises.Judged) -> str:
    """Say in a sentence what a status rests on."""
    now = value(promise, judged.value)
    match judged.status:
        case promises.Status.UNKNOWN:
            return "There is nothing to judge it by yet, or part of it is not known."
        case promises.Status.BROKEN if judged.since:
            return f"It was not so from {words.day(judged.since)}. It came to {now}."
        case promises.Status.AT_RISK if judged.since:
            return f"It will not be so from {words.day(judged.since)}, by what is known already."
        case promises.Status.AT_RISK:
            line = _expected(promise, judged)
            return f"It came to {now}, and on a straight line it would be {line}."
    return f"It came to {now}."


def _expected(promise: models.Promise, judged: promises.Judged) -> str:
    return "more" if judged.expected is None else value(promise, round(judged.expected))
