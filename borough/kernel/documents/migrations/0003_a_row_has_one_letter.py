"""A letter may name the row that it was made from, and then no other letter names it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_letters_only_grow")]
    operations = [
        migrations.AddField(
            "document", "source", models.CharField(blank=True, db_default="", max_length=80)
        ),
        migrations.AddConstraint(
            "document",
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(("source", ""), _negated=True),
                name="a_row_has_one_letter",
            ),
        ),
    ]
