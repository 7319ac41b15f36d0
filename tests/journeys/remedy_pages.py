"""An attachment of earnings and debts with an agent, for the test that looks at every page."""

from datetime import date

from borough.lines.revenues import models, placing
from borough.lines.revenues.commands import agents, attachments, placements
from tests import makers
from tests.revenues import ordering


def furnish() -> dict[str, str]:
    """Return the parts of addresses."""
    by, on, ordered = makers.everything(), makers.BILLING_DAY, date(2025, 3, 1)
    earner = makers.a_person("Ellen", "Rimmer")
    attached = ordering.an_account_under_order(people=[earner], ordered=ordered)
    order = attachments.order_attachment(
        account=attached,
        year=ordering.YEAR,
        person=earner,
        employer=ordering.an_employer(),
        frequency="weekly",
        by=by,
        on=on,
    )
    taken = attachments.record_deduction(
        attachment=order, pay_day=on, deducted_pence=6_800, by=by, on=on
    )
    free = ordering.an_account_under_order(ordered=ordered)
    firm = ordering.an_employer("Invented Agents Ltd")
    agent = placements.record_agent(person=firm, slug="invented", layout="plain", by=by, on=on)
    preview = placements.prepare_placing(agent=agent, by=by, on=on)
    placing.preview(preview)
    run = placements.commit_placing(preview=preview, by=makers.an_officer(1), on=on)
    placing.carry_out(run, by=by)
    debt = models.Remedy.objects.get(kind="agent", account=free)
    rows = f"Our reference,Code,Day,Amount,Passed on\n{debt.reference},FEE-C,10/03/2025,79,\n"
    returned = agents.load_return(agent=agent, content=rows.encode(), by=by, on=on)
    return {
        "accounts/<str:reference>/remedies": free.reference,
        "remedies/<str:name>": ordering.YEAR.name,
        "attachments/<int:number>": str(order.pk),
        "deductions/<int:number>": str(taken.pk),
        "agents/placings/previews/<int:number>": str(preview.pk),
        "agents/placings/<int:number>": str(run.pk),
        "agents/returns/<int:number>": str(returned.pk),
        "agents/debts/<int:number>": str(debt.pk),
        "agents/<slug:slug>": agent.slug,
    }
