"""Homes whose owner is liable by their class, grants of probate, and reviews of discounts."""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import only_appends


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_a_whole_name_fits_among_the_former"),
        ("places", "0001_initial"),
        ("revenues", "0010_one_remedy_at_a_time"),
        ("runs", "0004_statistics_after_bulk_work"),
    ]

    operations = [
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("granted_on", models.DateField()),
                ("on", models.DateField()),
                ("by", models.CharField(max_length=80)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("why", models.CharField(max_length=20)),
                ("on", models.DateField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="revenues.account",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="runs.run"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReviewAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("one_adult", "One adult still lives there"),
                            ("more_adults", "More adults live there"),
                            ("ended", "No answer: an officer ended the discount"),
                            ("kept", "No answer: an officer let the discount stand"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on", models.DateField()),
                ("by", models.CharField(max_length=80)),
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="revenues.review",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReviewLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.SmallIntegerField()),
                ("on", models.DateField()),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="revenues.review",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OwnerLiable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("letter", models.CharField(max_length=1)),
                ("starts", models.DateField()),
                ("ends", models.DateField(null=True)),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.dwelling",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("letter__in", ["A", "B", "C", "D", "E", "F"])),
                        name="owner_liable_class_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends", None), ("ends__gt", models.F("starts")), _connector="OR"
                        ),
                        name="owner_liable_ends_after_start",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.Func(
                                        models.F("dwelling"),
                                        models.Func(
                                            models.F("starts"),
                                            template="(%(expressions)s - date '2000-01-01')",
                                        ),
                                        function="point",
                                    ),
                                    models.Func(
                                        models.F("dwelling"),
                                        models.Func(
                                            models.F("ends"),
                                            template="coalesce(%(expressions)s - date '2000-01-02', 1000000)",
                                        ),
                                        function="point",
                                    ),
                                    function="box",
                                ),
                                "&&",
                            )
                        ],
                        name="one_owner_liable_class_at_a_time",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                fields=("run", "account"), name="an_account_is_reviewed_once_a_run"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewletter",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__in", [1, 2])), name="two_letters_at_most"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewletter",
            constraint=models.UniqueConstraint(
                fields=("review", "number"), name="each_letter_of_a_review_once"
            ),
        ),
        only_appends("revenues_grant"),
        only_appends("revenues_review"),
        only_appends("revenues_reviewletter"),
        only_appends("revenues_reviewanswer"),
    ]
