"""Bills, files of receipts and rows set aside are append-only: a notice served stays served."""

from django.db import migrations

from borough.kernel.appending import only_appends


class Migration(migrations.Migration):
    dependencies = [("revenues", "0001_initial"), ("runs", "0002_parts_only_grow")]
    operations = [
        only_appends("revenues_bill"),
        only_appends("revenues_receiptfile"),
        only_appends("revenues_setaside"),
    ]
