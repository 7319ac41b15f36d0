"""Liability orders: which there are, what is outstanding under each, what is done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from borough.kernel import arrays, dated
from borough.lines.revenues import models
from borough.lines.revenues.queries import arrangements
from borough.rules import years

# The order in force is the newest word of the court or of the council about it. What was ordered
# is the most that can be outstanding under it: a later bill is not.
_ORDERS = """
with newest as (
  select distinct on (account_id, year) account_id, year, kind, coalesce(hearing, issued) as issued,
         act_pence
  from revenues_step
  where kind in ('liability_order', 'refused', 'withdrawn')
    and (%(ids)s::bigint[] is null or account_id = any(%(ids)s::bigint[]))
  order by account_id, year, number desc),
ordered as (
  select n.*, a.reference, n.year || '-' || lpad(((n.year + 1) %% 100)::text, 2, '0') as part
  from newest n join revenues_account a on a.id = n.account_id
  where n.kind = 'liability_order')
select o.account_id, o.reference, o.year, o.issued,
       least(o.act_pence, (select coalesce(sum(p.pence), 0) from ledger_subaccount s
         join ledger_posting p on p.sub_account_id = s.id
         where s.kind = %(tax)s and s.reference = o.reference and s.part = o.part))::bigint,
       (select coalesce(sum(p.pence), 0) from ledger_subaccount s
         join ledger_posting p on p.sub_account_id = s.id
         where s.kind = %(costs)s and s.reference = o.reference
           and s.part = o.part || ' costs')::bigint,
       coalesce(r.id, 0), coalesce(r.kind, '')
from ordered o
left join revenues_remedy r on r.account_id = o.account_id and r.year = o.year
     and r.starts <= %(on)s and (r.ends is null or r.ends > %(on)s)
order by o.account_id, o.year
"""


@dataclass(frozen=True, slots=True)
class Order:
    """A liability order in force.

    Attributes:
        tax_pence, costs_pence: what is outstanding under it; nothing where it is paid.
        remedy_id, remedy: what is in use under it; 0 and empty for nothing.
    """

    account_id: int
    reference: str
    year: years.Year
    ordered_on: date
    tax_pence: int
    costs_pence: int
    remedy_id: int
    remedy: str

    @property
    def thing(self) -> str:
        """What facts call the account."""
        return f"revenues.account/{self.reference}"

    @property
    def outstanding_pence(self) -> int:
        """Tax and costs together, never below nought."""
        return max(self.tax_pence, 0) + max(self.costs_pence, 0)


def orders(on: date, account_ids: Sequence[int] | None = None) -> list[Order]:
    """Return the liability orders in force, of these accounts or of all; one query."""
    tax, costs = arrangements.KINDS
    asked = {
        "ids": None if account_ids is None else arrays.of_ids(account_ids),
        "tax": tax,
        "costs": costs,
        "on": on,
    }
    titles = dict(models.Remedy.Kind.choices)
    with connection.cursor() as cursor:
        cursor.execute(_ORDERS, asked)
        rows = cursor.fetchall()
    return [
        Order(
            account, reference, years.Year(year), issued, tax, costs, remedy, titles.get(kind, "")
        )
        for account, reference, year, issued, tax, costs, remedy, kind in rows
    ]


def order_of(account: models.Account, year: years.Year, on: date) -> Order | None:
    """Return the liability order of an account's year, or None."""
    return next((one for one in orders(on, [account.pk]) if one.year == year), None)


def year_of(remedy: models.Remedy) -> years.Year:
    """Return the year of a remedy."""
    return years.Year(remedy.year)


def past(account: models.Account) -> list[models.Remedy]:
    """Return every remedy that was ever used on an account, newest first."""
    rows = models.Remedy.objects.filter(account=account).select_related("person", "attachment")
    return list(rows.order_by("-starts", "-pk"))


def against(person_id: int, on: date) -> list[models.Remedy]:
    """Return the attachments of earnings in force against somebody, the first first."""
    rows = models.Remedy.objects.filter(
        dated.holds_on(on), person_id=person_id, kind=models.Remedy.Kind.ATTACHMENT
    )
    return list(rows.select_related("account").order_by("slot"))
