"""What was decided, sent and came back is only ever added to."""

from django.db import migrations

from borough.kernel.appending import only_appends

TABLES = ("paymentfile", "payment", "sent", "cameback")


class Migration(migrations.Migration):
    dependencies = [("bank", "0005_payments")]
    operations = [only_appends(f"bank_{table}") for table in TABLES]
