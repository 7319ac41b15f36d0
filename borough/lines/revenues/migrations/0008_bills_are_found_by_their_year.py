"""A bill is found by year, account and version; which run made it is known by the stretch.

The newest year that was billed is then read off the key, and a new year's bills are added at its
end and not in between.
"""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("revenues", "0007_direct_debits")]
    operations = [
        migrations.RemoveConstraint("bill", "one_bill_of_a_version"),
        migrations.AddConstraint(
            "bill",
            models.UniqueConstraint(
                fields=("year", "account", "version"), name="one_bill_of_a_version"
            ),
        ),
        migrations.AlterField(
            "bill",
            "run",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="runs.run",
            ),
        ),
        migrations.AddIndex(
            "bill",
            django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True, fields=["run"], name="bills_of_a_run"
            ),
        ),
    ]
