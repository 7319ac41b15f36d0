"""Deaths that an account has not followed yet, and grants of probate."""

from datetime import date

from django.db import connection

from borough.kernel.people.models import Person
from borough.lines.revenues import models

# An estate is liable as the owner from the day of the death on.
_UNSETTLED = """
select distinct a.reference, a.dwelling_id, p.date_of_death
from people_person p
join revenues_liability l on l.person_id = p.id
  and (l.basis not in ('owner', 'prescribed_owner') or l.starts < p.date_of_death)
  and (l.ends is null or l.ends > p.date_of_death)
join revenues_account a on a.id = l.account_id
where p.date_of_death is not null and p.date_of_death <= %s
  and (a.ends is null or a.ends > p.date_of_death)
order by p.date_of_death, a.reference
"""

# An adult who was not liable changes nothing of the account but how many live there, and nobody
# else may think of the discount. Whoever counted them since has answered.
_UNCOUNTED = """
select distinct a.reference, a.dwelling_id, p.date_of_death
from people_person p
join people_residence r on r.person_id = p.id and r.starts <= p.date_of_death
  and (r.ends is null or r.ends > p.date_of_death)
join revenues_account a on a.dwelling_id = r.dwelling_id and a.starts <= p.date_of_death
  and (a.ends is null or a.ends > p.date_of_death)
where p.date_of_death <= %s
  and (p.date_of_birth is null or p.date_of_birth + interval '18 years' <= p.date_of_death)
  and not exists (
    select 1 from revenues_liability l where l.account_id = a.id and l.person_id = p.id)
  and not exists (
    select 1 from revenues_household h where h.account_id = a.id and h.starts >= p.date_of_death)
order by p.date_of_death, a.reference
"""


def unsettled(on: date) -> list[tuple[str, int, date]]:
    """Return the accounts on which somebody is liable beyond their death, with home and day."""
    return _accounts(_UNSETTLED, on)


def uncounted(on: date) -> list[tuple[str, int, date]]:
    """Return the accounts of homes in which an adult who was not liable died, with home and day.

    Until somebody records how many adults live there from that day on.
    """
    return _accounts(_UNCOUNTED, on)


def _accounts(sql: str, on: date) -> list[tuple[str, int, date]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [on])
        return list(cursor.fetchall())


def granted_on(person: Person) -> date | None:
    """Return the day of the grant of probate, as last recorded."""
    rows = models.Grant.objects.filter(person=person).order_by("-pk")
    return rows.values_list("granted_on", flat=True).first()
