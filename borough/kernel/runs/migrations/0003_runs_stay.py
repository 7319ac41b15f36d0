"""What a run did points at it for ever, so a run and its number stay."""

from django.db import migrations

from borough.kernel.appending import never_goes


class Migration(migrations.Migration):
    dependencies = [("runs", "0002_parts_only_grow")]
    operations = [never_goes("runs_run")]
