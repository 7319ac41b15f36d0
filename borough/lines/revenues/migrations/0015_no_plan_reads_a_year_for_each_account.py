"""The index of the year alone goes: a plan made before a year was billed read all of it, each time.

The key begins with the year, which tells which years were billed, and the account has an index of
its own. Whichever of the two is chosen, a question about one account reads a handful of bills.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("revenues", "0014_write_offs")]
    operations = [
        migrations.RemoveIndex("bill", "bills_of_a_year"),
        migrations.RemoveConstraint("bill", "one_bill_of_a_version"),
        migrations.AddConstraint(
            "bill",
            models.UniqueConstraint(
                fields=("year", "account", "version"), name="one_bill_of_a_version"
            ),
        ),
        migrations.AddIndex("bill", models.Index(fields=["account"], name="bills_of_an_account")),
    ]
