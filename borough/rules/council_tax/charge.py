"""What is payable for a period: one row a period in which nothing changes.

Every step is kept exact, as a numerator over 9 x days of the year x 10,000, and **rounded once,
half up, where a line is shown**: a line is the difference between the rounded amounts after and
before its step. So lines always add up, and the sum payable is the exact sum, rounded once.

Order (Local Government Finance Act 1992 ss.10 to 13A): exempt? - the amount set for the
(reduced) band - discount or premium - annexe - reduction scheme - discretionary relief.
"""

import sys
from collections.abc import Mapping, Sequence

import numpy as np

from borough.rules import engine, letters, money
from borough.rules.council_tax import bands, clocks, exemptions
from borough.rules.engine import rule
from borough.rules.money import Code, Count, Days, Exact, Flag, Pence, Percent, Unit

LGFA = "Local Government Finance Act 1992 "
UNKNOWN = -1
Tiers = Mapping[int, int]
"""Per cents by the age, in whole years or months, from which or for which they hold."""
Letters = Sequence[str]
SCALE = 10_000  # room for two steps of whole per cents without a remainder


@rule(LGFA + "s.2(1)")
def days(starts: Days, ends: Days) -> Count:
    """Return the days of each period, (n,)."""
    return (ends - starts).astype(np.int64)


@rule("SI 1992/554 reg.4")
def charged_place(band: Code, disabled: Flag) -> Count:
    """Return where the band charged stands among A-, A .. H, 0 to 8, (n,)."""
    return letters.places(band, bands.BANDS) + 1 - disabled


@rule(
    "SI 1992/554 reg.4",
    "Charged as Band {charged_band} instead of Band {band}: disabled band reduction",
    when="disabled",
)
def charged_band(charged_place: Count) -> Code:
    """Return the band charged, "A-" to "H", (n,): one lower where a reduction is in force."""
    return np.array(bands.WITH_REDUCTION).take(charged_place)


@rule(LGFA + "s.30; SI 1992/554 reg.4(3A)")
def set_ninths(charged_place: Count, parish: Count, amounts_ninths: Exact) -> Exact:
    """Return the amount set for the band and part of the area, ninths of a penny a year, (n,)."""
    return amounts_ninths[parish, charged_place]


@rule(LGFA + "s.30", "Band {charged_band}: {set_amount} set for the year")
def set_amount(set_ninths: Exact) -> Pence:
    """Return the same in pence, (n,), rounded half up; a whole penny but for Band A-."""
    return money.pence(set_ninths, 9)


@rule(
    LGFA + "s.4; SI 1992/558",
    "Nothing to pay: exempt dwelling, class {exempt_class}",
    when="exempt",
)
def exempt(exempt_class: Code) -> Flag:
    """Return True where the dwelling is exempt, (n,)."""
    return np.not_equal(exempt_class, "")


@rule(LGFA + "s.10(1)")
def one_percent(set_ninths: Exact, days: Count, exempt: Flag) -> Exact:
    """Return a hundredth of the amount before any adjustment, exact, (n,); nought where exempt."""
    return np.where(exempt, 0, set_ninths * days * (SCALE // 100))


@rule(LGFA + "s.10(1)")
def gross_exact(one_percent: Exact) -> Exact:
    """Return the amount before any adjustment, exact, (n,)."""
    return one_percent * 100


@rule(
    LGFA + "s.10(1)",
    "{days} of {year_days} days at {set_amount} a year",
    when="gross",
)
def gross(gross_exact: Exact, year_days: int) -> Pence:
    """Return the amount before any adjustment, (n,), pence."""
    return money.pence(gross_exact, _whole(year_days))


@rule(LGFA + "s.11(1) and Sch.1")
def counted_adults(adults: Count, disregarded: Count) -> Count:
    """Return the residents that count, (n,): never below 0, -1 where nobody told us how many."""
    return np.where(adults == UNKNOWN, UNKNOWN, np.maximum(adults - disregarded, 0))


@rule(LGFA + "s.11(1) and (2)")
def resident_discount_percent(
    occupation: Count,
    counted_adults: Count,
    one_adult_discount_percent: int,
    no_adult_discount_percent: int,
) -> Percent:
    """Return the discount for who lives there, (n,): none where the number is not known."""
    living = occupation == clocks.Occupation.OCCUPIED
    one = np.where(counted_adults == 1, one_adult_discount_percent, 0)
    return np.where(living, np.where(counted_adults == 0, no_adult_discount_percent, one), 0)


@rule(LGFA + "s.11B(8)")
def months_empty(starts: Days, empty_since: Days) -> Count:
    """Return the whole months empty and unfurnished on the first day, (n,); -1 where not so."""
    return clocks.whole_months(empty_since, starts)


@rule(LGFA + "s.11B(8)")
def years_empty(months_empty: Count) -> Count:
    """Return the whole years empty on the first day, (n,); -1 where not empty."""
    return months_empty // 12


@rule(LGFA + "s.11B and s.11D; SI 2003/3011 regs 9 to 17")
def long_term_premium_percent(
    occupation: Count,
    years_empty: Count,
    exception: Code,
    long_term_empty_premium_percent: Tiers,
    long_term_exceptions: Letters,
) -> Percent:
    """Return the premium for a long-term empty dwelling, (n,): none while an exception holds."""
    percent = _tier(years_empty, long_term_empty_premium_percent)
    spared = letters.among(exception, long_term_exceptions)
    return np.where(letters.among(occupation, clocks.EMPTY) & ~spared, percent, 0)


@rule(LGFA + "s.11C and s.11D; SI 2003/3011 regs 9 to 17")
def furnished_premium_percent(
    occupation: Count,
    exception: Code,
    second_home_premium_percent: int,
    second_home_exceptions: Letters,
) -> Percent:
    """Return the premium for a furnished dwelling without a resident, (n,)."""
    spared = letters.among(exception, second_home_exceptions)
    furnished = occupation == clocks.Occupation.FURNISHED
    return np.where(furnished & ~spared, second_home_premium_percent, 0)


@rule(LGFA + "s.11(2)(a) and s.11A; SI 2003/3011 regs 4 to 6")
def furnished_discount_percent(
    occupation: Count,
    exception: Code,
    no_adult_discount_percent: int,
    second_home_discount_percent: int,
    protected_second_homes: Letters,
) -> Percent:
    """Return the discount for a furnished dwelling without a resident, (n,): the council's own,
    or the full one for the job-related homes, pitches and moorings that it cannot reach.
    """
    protected = letters.among(exception, protected_second_homes)
    percent = np.where(protected, no_adult_discount_percent, second_home_discount_percent)
    return np.where(occupation == clocks.Occupation.FURNISHED, percent, 0)


@rule(LGFA + "s.11A(4A); SI 2003/3011 reg.7")
def class_c_percent(
    occupation: Count, months_empty: Count, class_c_discount_percent: Tiers
) -> Percent:
    """Return the council's discount for an empty unfurnished dwelling, (n,)."""
    percent = np.zeros(len(months_empty), np.int64)
    for lasts, given in sorted(class_c_discount_percent.items(), reverse=True):
        percent[months_empty < lasts] = given
    return np.where(letters.among(occupation, clocks.EMPTY), percent, 0)


@rule(LGFA + "s.11A(4A); SI 2003/3011 reg.8")
def class_d_percent(
    starts: Days,
    occupation: Count,
    works_since: Days,
    class_d_discount_percent: int,
    class_d_months: int,
) -> Percent:
    """Return the council's discount for a dwelling under major works, (n,), in its time."""
    in_time = clocks.whole_months(works_since, starts) < class_d_months
    return np.where((occupation == clocks.Occupation.WORKS) & in_time, class_d_discount_percent, 0)


@rule(LGFA + "s.11B(1) and s.11C(1): a premium takes the place of the discount")
def premium_percent(
    long_term_premium_percent: Percent, furnished_premium_percent: Percent
) -> Percent:
    """Return the premium in force, (n,): a dwelling is furnished or not, so never both."""
    return long_term_premium_percent + furnished_premium_percent


@rule(
    LGFA + "s.11D; SI 2003/3011 regs 9 to 17",
    "No premium is added: exception, class {exception}",
    when="excepted",
)
def excepted(occupation: Count, exception: Code, premium_percent: Percent) -> Flag:
    """Return True where nobody lives there and an exception is in force, (n,)."""
    nobody = np.not_equal(occupation, clocks.Occupation.OCCUPIED)
    spared: Flag = nobody & (premium_percent == 0) & (exception != "")
    return spared


@rule(LGFA + "s.11A and s.11B(4)")
def empty_discount_percent(
    premium_percent: Percent,
    furnished_discount_percent: Percent,
    class_c_percent: Percent,
    class_d_percent: Percent,
) -> Percent:
    """Return the discount for a dwelling without a resident, (n,): none beside a premium.

    Where both Class C and Class D fit, the larger discount is given.
    """
    unfurnished = np.maximum(class_c_percent, class_d_percent)
    return np.where(premium_percent > 0, 0, furnished_discount_percent + unfurnished)


@rule(LGFA + "s.11(1) and (2)")
def after_resident_discount(one_percent: Exact, resident_discount_percent: Percent) -> Exact:
    """Return what is left after the discount for who lives there, exact, (n,)."""
    return one_percent * (100 - resident_discount_percent)


@rule(
    LGFA + "s.11(1) and (2), Sch.1",
    "Less {resident_discount_percent} per cent: number of adults counted, {counted_adults}",
    when="resident_discount",
)
def resident_discount(gross_exact: Exact, after_resident_discount: Exact, year_days: int) -> Pence:
    """Return the discount for who lives there, (n,), pence."""
    return _step(gross_exact, after_resident_discount, year_days)


@rule(LGFA + "s.11(2)(a) and s.11A")
def after_empty_discount(
    one_percent: Exact, after_resident_discount: Exact, empty_discount_percent: Percent
) -> Exact:
    """Return what is left after the discount for an empty dwelling, exact, (n,)."""
    return after_resident_discount - one_percent * empty_discount_percent


@rule(
    LGFA + "s.11(2)(a) and s.11A",
    "Less {empty_discount_percent} per cent: nobody lives there",
    when="empty_discount",
)
def empty_discount(
    after_resident_discount: Exact, after_empty_discount: Exact, year_days: int
) -> Pence:
    """Return the discount for an empty dwelling, (n,), pence."""
    return _step(after_resident_discount, after_empty_discount, year_days)


@rule(LGFA + "s.11B and s.11C")
def after_premium(
    one_percent: Exact, after_empty_discount: Exact, premium_percent: Percent
) -> Exact:
    """Return the amount with the premium, exact, (n,)."""
    return after_empty_discount + one_percent * premium_percent


@rule(
    LGFA + "s.11B",
    "Plus {long_term_premium_percent} per cent: empty and unfurnished since {empty_since}",
    when="long_term_premium",
)
def long_term_premium(
    after_empty_discount: Exact,
    after_premium: Exact,
    long_term_premium_percent: Percent,
    year_days: int,
) -> Pence:
    """Return the premium for a long-term empty dwelling, (n,), pence."""
    added = -_step(after_empty_discount, after_premium, year_days)
    return np.where(long_term_premium_percent > 0, added, 0)


@rule(
    LGFA + "s.11C",
    "Plus {furnished_premium_percent} per cent: furnished, and nobody's main home",
    when="second_home_premium",
)
def second_home_premium(
    after_empty_discount: Exact,
    after_premium: Exact,
    furnished_premium_percent: Percent,
    year_days: int,
) -> Pence:
    """Return the premium for a second home, (n,), pence."""
    added = -_step(after_empty_discount, after_premium, year_days)
    return np.where(furnished_premium_percent > 0, added, 0)


@rule("SI 2013/2977 reg.4")
def after_annexe(after_premium: Exact, annexe: Flag, annexe_reduction_percent: int) -> Exact:
    """Return what is left after the reduction for a family annexe, exact, (n,)."""
    return after_premium // 100 * (100 - annexe * annexe_reduction_percent)


@rule(
    "SI 2013/2977 reg.4",
    "Less {annexe_reduction_percent} per cent of what is left: family annexe",
    when="annexe_reduction",
)
def annexe_reduction(after_premium: Exact, after_annexe: Exact, year_days: int) -> Pence:
    """Return the reduction for a family annexe, (n,), pence."""
    return _step(after_premium, after_annexe, year_days)


@rule(LGFA + "s.13A(1)(a)")
def after_reduction(after_annexe: Exact, days: Count, reduction_year: Pence) -> Exact:
    """Return what is left after Council Tax Reduction, exact, (n,): never below nought."""
    return np.maximum(after_annexe - reduction_year * days * 9 * SCALE, 0)


@rule(
    LGFA + "s.13A(1)(a)",
    "Less Council Tax Reduction of {reduction_year} a year, at most what is left to pay",
    when="reduction",
)
def reduction(after_annexe: Exact, after_reduction: Exact, year_days: int) -> Pence:
    """Return the Council Tax Reduction, (n,), pence."""
    return _step(after_annexe, after_reduction, year_days)


@rule(LGFA + "s.13A(1)(c)")
def after_relief(after_reduction: Exact, days: Count, relief_year: Pence) -> Exact:
    """Return what is left after discretionary relief, exact, (n,): never below nought."""
    return np.maximum(after_reduction - relief_year * days * 9 * SCALE, 0)


@rule(
    LGFA + "s.13A(1)(c)",
    "Less discretionary relief of {relief_year} a year, at most what is left to pay",
    when="relief",
)
def relief(after_reduction: Exact, after_relief: Exact, year_days: int) -> Pence:
    """Return the discretionary relief, (n,), pence."""
    return _step(after_reduction, after_relief, year_days)


@rule(LGFA + "s.10(1)", "To pay for these {days} days")
def due(after_relief: Exact, year_days: int) -> Pence:
    """Return what is payable for the period, (n,), pence, rounded once, half up."""
    return money.pence(after_relief, _whole(year_days))


def _whole(year_days: int) -> int:
    """Return the denominator of every exact amount."""
    return 9 * year_days * SCALE


def _step(before: Exact, after: Exact, year_days: int) -> Pence:
    """Return by how much a step lowers the amount, pence, (n,); most steps change few rows."""
    lowered = np.zeros(len(before), np.int64)
    rows, whole = np.flatnonzero(before != after), _whole(year_days)
    lowered[rows] = money.pence(before[rows], whole) - money.pence(after[rows], whole)
    return lowered


def _tier(age: Count, percents: Tiers) -> Percent:
    """Return the percentage of the highest tier reached, 0 below the first."""
    percent = np.zeros(len(age), np.int64)
    for least, given in sorted(percents.items()):
        percent[age >= least] = given
    return percent


FACTS = (
    engine.Fact("starts", Unit.DAY, "The first day of the period"),
    engine.Fact("ends", Unit.DAY, "The first day after the period"),
    engine.Fact(
        "band", Unit.CODE, "The dwelling's band in the valuation list", choices=bands.BANDS
    ),
    engine.Fact("parish", Unit.COUNT, "The row of the part of the area it lies in", low=0),
    engine.Fact("disabled", Unit.FLAG, "Is a disabled band reduction in force?"),
    engine.Fact(
        "exempt_class",
        Unit.CODE,
        "The class of exemption in force, if any",
        choices=("", *exemptions.CLASSES),
    ),
    engine.Fact(
        "adults", Unit.COUNT, "How many adults live there?", low=0, high=999, missing=UNKNOWN
    ),
    engine.Fact("disregarded", Unit.COUNT, "How many of them are disregarded?", low=0, high=999),
    engine.Fact(
        "occupation", Unit.COUNT, "Is it lived in, furnished or empty?", words=clocks.WORDS
    ),
    engine.Fact("empty_since", Unit.DAY, "Since when empty and unfurnished?", missing=clocks.NEVER),
    engine.Fact("works_since", Unit.DAY, "Since when under major works?", missing=clocks.NEVER),
    engine.Fact(
        "exception",
        Unit.CODE,
        "The class of exception from the premium, if any",
        choices=("", *exemptions.EXCEPTIONS),
    ),
    engine.Fact("annexe", Unit.FLAG, "Is it a family annexe that earns the reduction?"),
    engine.Fact("reduction_year", Unit.PENCE, "Council Tax Reduction, a year's worth", low=0),
    engine.Fact("relief_year", Unit.PENCE, "Discretionary relief, a year's worth", low=0),
)

PARAMETERS = {
    "amounts_ninths": Unit.EXACT,
    "year_days": Unit.COUNT,
    "one_adult_discount_percent": Unit.PERCENT,
    "no_adult_discount_percent": Unit.PERCENT,
    "long_term_empty_premium_percent": Unit.PERCENT,
    "long_term_exceptions": Unit.CODE,
    "second_home_premium_percent": Unit.PERCENT,
    "second_home_exceptions": Unit.CODE,
    "second_home_discount_percent": Unit.PERCENT,
    "protected_second_homes": Unit.CODE,
    "class_c_discount_percent": Unit.PERCENT,
    "class_d_discount_percent": Unit.PERCENT,
    "class_d_months": Unit.COUNT,
    "annexe_reduction_percent": Unit.PERCENT,
}

NOT_MODELLED = (
    "Who is liable (ss.6 to 9): the account's liable days are given, not worked out.",
    "Amounts set anew within a year (s.31): one amount a band, part of the area and year.",
    "The council's own classes of premium exception, beyond those of the Regulations.",
    "Transitional reductions (s.13B) and schemes of the past under s.13.",
    "Whether a premium exception was used before by the same owner (once per owner).",
    "A spell of use of up to six weeks is charged as lived in, though the empty clock runs on.",
    "The first premium day is the anniversary; the letter of s.11B(8) may put it a day earlier.",
)

SCHEME = engine.Scheme(
    "Council Tax",
    facts=FACTS,
    parameters=PARAMETERS,
    rules=[sys.modules[__name__]],
    not_modelled=NOT_MODELLED,
)
