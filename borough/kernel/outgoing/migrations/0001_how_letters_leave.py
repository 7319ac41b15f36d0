"""How each letter left the council: in a day's post, by email, or by hand; once, for ever."""

import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import only_appends


class Migration(migrations.Migration):
    initial = True
    dependencies = [("documents", "0004_prints_know_their_pages"), ("runs", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="runs.run",
                    ),
                ),
                ("on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="dispatch",
                        serialize=False,
                        to="documents.document",
                    ),
                ),
                (
                    "means",
                    models.CharField(
                        choices=[
                            ("post", "Posted"),
                            ("email", "Sent by email"),
                            ("hand", "Given by hand"),
                        ],
                        max_length=5,
                    ),
                ),
                ("on", models.DateField()),
                ("position", models.IntegerField(null=True)),
                ("pages", models.SmallIntegerField(null=True)),
                ("by", models.CharField(max_length=80)),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatches",
                        to="outgoing.batch",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("batch__isnull", False),
                            ("means", "post"),
                            ("pages__gte", 1),
                            ("position__gte", 1),
                        )
                        | models.Q(
                            ("means__in", ["email", "hand"]), ("pages", None), ("position", None)
                        ),
                        name="what_is_posted_has_its_place",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("position__isnull", False)),
                        fields=("batch", "position"),
                        name="one_letter_in_a_place",
                    ),
                ],
            },
        ),
        only_appends("outgoing_batch"),
        only_appends("outgoing_dispatch"),
    ]
