"""What the bank told us, and what became of it, is only ever added to."""

from django.db import migrations

from borough.kernel.appending import only_appends

TABLES = ("statementfile", "entry", "setaside", "stopped", "takenup", "placed")


class Migration(migrations.Migration):
    dependencies = [("bank", "0003_statements")]
    operations = [only_appends(f"bank_{table}") for table in TABLES]
