"""Parts and endings of a run are append-only: a part that is done stays done."""

from django.db import migrations

from borough.kernel.appending import only_appends


class Migration(migrations.Migration):
    dependencies = [("runs", "0001_initial")]
    operations = [only_appends("runs_part"), only_appends("runs_ending")]
