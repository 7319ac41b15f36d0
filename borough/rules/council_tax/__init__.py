"""Council Tax in England: from the dated facts of accounts to bills, and bills to instalments.

The calls that others build on::

    import numpy as np

    from borough.rules import years
    from borough.rules.council_tax import bill, charge, clocks, instalments
    from borough.rules.periods import Timeline

    law = bill.law(years.Year.named("2025-26"))                   # Sefton's, with its sources
    accounts = bill.Accounts(
        count=2,
        parish=np.array(["", ""]),                                 # "" = no parish
        liability=Timeline.of([(0, "2025-04-01", None, True), (1, "2025-06-01", None, True)]),
        band=Timeline.of([(0, "1993-04-01", None, "A"), (1, "1993-04-01", None, "B")], missing=""),
        adults=Timeline.of([(0, "2025-07-01", None, 1)], missing=charge.UNKNOWN),
        occupation=Timeline.of(                                    # of the dwelling, all of it
            [(1, "2024-09-10", None, clocks.Occupation.UNFURNISHED)],
            missing=clocks.Occupation.OCCUPIED,
        ),
        # and: disregards (Timeline.counts), exemption, exception, disabled, annexe,
        # reduction and relief (pence a year); each may be left out
    )
    bills = bill.work_out(accounts, law)
    bills.due_pence                 # int64 (2,): what each account has to pay for the year
    bills.owner, bills.starts, bills.ends, bills.columns["due"]    # each period, (p,)
    bills.explain(0)                # list of engine.Line: says, amount, law, starts, ends, ...

    plan = instalments.plan(
        bills.due_pence,
        issued=np.array(["2025-03-10", "2025-06-12"], "datetime64[D]"),
        year=law.year,
        twelve=np.array([False, True]),                            # asked for twelve instalments
        pay_day=np.array([1, 15]),                                 # of the month, 1 to 28
    )
    plan.number, plan.first_pence, plan.other_pence                # int64 (2,) each
    plan.amounts()                  # int64 (2, 12) pence, 0 after the last instalment
    plan.due_days()                 # datetime64[D] (2, 12), NaT after the last

Large timelines are given as columns: `Timeline(owner, starts, ends, value, missing=...)`, in any
order, `ends` NaT while still so. A bill is always worked out from the start; the caller posts the
difference. A parish whose amount is not known is refused (`bands.AmountNotKnown`) with a sentence;
a made-up borough adds invented amounts with `bill.law(year, overlay={"parishes": {...}})`.
"""
