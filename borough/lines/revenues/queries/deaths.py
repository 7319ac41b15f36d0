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


def unsettled(on: date) -> list[tuple[str, int, date]]:
    """Return the accounts on which somebody is liable beyond their death, with home and day."""
    with connection.cursor() as cursor:
        cursor.execute(_UNSETTLED, [on])
        return list(cursor.fetchall())


def granted_on(person: Person) -> date | None:
    """Return the day of the grant of probate, as last recorded."""
    rows = models.Grant.objects.filter(person=person).order_by("-pk")
    return rows.values_list("granted_on", flat=True).first()
