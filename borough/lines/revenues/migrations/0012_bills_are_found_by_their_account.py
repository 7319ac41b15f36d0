"""A bill is found by its account first, as much asks for all the bills of one; years by their own.

An index of the year alone costs a run next to nothing: a new year's bills all join its end.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("revenues", "0011_owners_by_class_estates_and_reviews")]
    operations = [
        migrations.RemoveConstraint("bill", "one_bill_of_a_version"),
        migrations.AddConstraint(
            "bill",
            models.UniqueConstraint(
                fields=("account", "year", "version"), name="one_bill_of_a_version"
            ),
        ),
        migrations.AddIndex("bill", models.Index(fields=["year"], name="bills_of_a_year")),
    ]
