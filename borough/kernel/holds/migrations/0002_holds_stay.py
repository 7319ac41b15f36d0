"""A hold may be ended or looked at again; it is never taken out, and what it forbade stays."""

from django.db import migrations

from borough.kernel.appending import only_appends

KEPT = "kind, person_id, thing, part, forbids, starts, placed_on, placed_by, recorded_at"


class Migration(migrations.Migration):
    dependencies = [("holds", "0001_what_stands_against_an_act")]
    operations = [only_appends("holds_hold", events=f"update of id, {KEPT} or delete or truncate")]
