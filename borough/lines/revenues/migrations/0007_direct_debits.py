"""Direct Debits: instructions, what banks and payers were told, collections, what comes back."""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import only_appends


class Migration(migrations.Migration):
    dependencies = [
        ("bank", "0002_bank_details_stay"),
        ("ledger", "0003_holdings_join_by_the_statement"),
        ("revenues", "0006_steps_of_recovery"),
        ("runs", "0004_statistics_after_bulk_work"),
    ]

    operations = [
        migrations.CreateModel(
            name="AdviceFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("kind", models.CharField(max_length=8)),
                ("content", models.BinaryField()),
                ("advices", models.IntegerField()),
                ("pence", models.BigIntegerField(null=True)),
                ("loaded_on", models.DateField()),
                ("by", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="Collection",
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
                ("due_from", models.DateField()),
                ("input_day", models.DateField()),
                ("processing_day", models.DateField()),
                ("entry_day", models.DateField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="SentFile",
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
                ("serial", models.CharField(max_length=6, unique=True)),
                ("processing_day", models.DateField()),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("content", models.BinaryField()),
                ("items", models.IntegerField()),
                ("pence", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Credited",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pence", models.BigIntegerField()),
                ("on", models.DateField()),
                ("by", models.CharField(max_length=80)),
                (
                    "collection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credited",
                        to="revenues.collection",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Instruction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reference", models.CharField(max_length=18, unique=True)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("paper", "a signed form"),
                            ("telephone", "by telephone, confirmed in writing"),
                            ("web", "on the website"),
                            ("before", "brought forward from the system before"),
                        ],
                        max_length=10,
                    ),
                ),
                ("agreed_on", models.DateField()),
                ("starts", models.DateField()),
                ("ends", models.DateField(null=True)),
                (
                    "why_ended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("payer", "cancelled by the payer"),
                            ("bank", "ended by the bank"),
                            ("replaced", "replaced by another"),
                            ("last", "the last collection was made"),
                            ("death", "the payer has died"),
                            ("lapsed", "not used for so long that the bank forgets it"),
                        ],
                        max_length=8,
                    ),
                ),
                ("live_from", models.DateField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instructions",
                        to="revenues.account",
                    ),
                ),
                (
                    "details",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bank.bankdetails",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CollectionItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_on", models.DateField()),
                ("pence", models.BigIntegerField()),
                ("code", models.CharField(max_length=2)),
                (
                    "again_of",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="again",
                        to="revenues.collectionitem",
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="revenues.collection",
                    ),
                ),
                (
                    "sub_account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.subaccount",
                    ),
                ),
                (
                    "instruction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="revenues.instruction",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Advice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.IntegerField()),
                ("kind", models.CharField(max_length=8)),
                ("code", models.CharField(max_length=8)),
                ("description", models.CharField(blank=True, max_length=120)),
                ("reference", models.CharField(max_length=18)),
                ("pence", models.BigIntegerField(null=True)),
                ("on", models.DateField()),
                (
                    "then",
                    models.CharField(
                        choices=[
                            ("represent", "Tried once more, after the payer is told"),
                            ("cancel", "Instruction ended"),
                            ("deceased", "The bank says that the payer has died"),
                            ("dispute", "The payer disputes what was told"),
                            ("mend", "Something in what we sent was wrong"),
                            ("amend", "The payer’s bank account has changed"),
                            ("reinstate", "The payer wants the instruction back"),
                            ("ask", "Nobody knows what it means"),
                            ("claimed", "Paid back to the payer under the Guarantee"),
                        ],
                        max_length=9,
                    ),
                ),
                ("waits", models.BooleanField()),
                ("by", models.CharField(max_length=80)),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="revenues.advicefile",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advices",
                        to="revenues.collectionitem",
                    ),
                ),
                (
                    "instruction",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advices",
                        to="revenues.instruction",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AdvanceNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("told_on", models.DateField()),
                ("by_bill", models.BooleanField()),
                (
                    "bill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advance_notices",
                        to="revenues.bill",
                    ),
                ),
                (
                    "instruction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advance_notices",
                        to="revenues.instruction",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InstructionMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=2)),
                (
                    "instruction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="revenues.instruction",
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
            name="Settled",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("outcome", models.CharField(max_length=40)),
                ("by", models.CharField(max_length=80)),
                ("on", models.DateField()),
                (
                    "advice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settled",
                        to="revenues.advice",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Stop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("disputed", "The payer disputes what was told"),
                            ("details", "The payer’s bank account has changed"),
                            ("officer", "An officer stopped it"),
                        ],
                        max_length=8,
                    ),
                ),
                ("starts", models.DateField()),
                ("ends", models.DateField(null=True)),
                (
                    "instruction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stops",
                        to="revenues.instruction",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TriedAgain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("told_on", models.DateField()),
                ("collects_on", models.DateField()),
                ("pence", models.BigIntegerField()),
                (
                    "advice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tried_again",
                        to="revenues.advice",
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tried_again",
                        to="revenues.collectionitem",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="instruction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends", None), ("ends__gt", models.F("starts")), _connector="OR"
                ),
                name="instruction_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="instruction",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.Func(
                                models.F("account"),
                                models.Func(
                                    models.F("starts"),
                                    template="(%(expressions)s - date '2000-01-01')",
                                ),
                                function="point",
                            ),
                            models.Func(
                                models.F("account"),
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
                name="one_instruction_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="instruction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ends", None), ("why_ended", "")),
                    models.Q(("ends__isnull", False), models.Q(("why_ended", ""), _negated=True)),
                    _connector="OR",
                ),
                name="an_instruction_ends_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="collectionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("pence__gt", 0)), name="a_collection_is_of_money"
            ),
        ),
        migrations.AddConstraint(
            model_name="collectionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("again_of__isnull", False), ("code", "18")),
                    models.Q(("code__in", ["01", "17", "19"]), ("again_of", None)),
                    _connector="OR",
                ),
                name="only_what_came_back_is_collected_again",
            ),
        ),
        migrations.AddConstraint(
            model_name="collectionitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("again_of", None)),
                fields=("sub_account", "due_on"),
                name="an_instalment_is_collected_once",
            ),
        ),
        migrations.AddIndex(
            model_name="advice",
            index=models.Index(
                condition=models.Q(("waits", True)), fields=["id"], name="advice_waits"
            ),
        ),
        migrations.AddConstraint(
            model_name="advice",
            constraint=models.UniqueConstraint(
                fields=("file", "position"), name="an_advice_counts_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="advice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("item__isnull", False)),
                fields=("item", "kind"),
                name="a_collection_comes_back_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="advancenotice",
            constraint=models.UniqueConstraint(
                fields=("instruction", "bill"), name="a_payer_is_told_once_of_a_bill"
            ),
        ),
        migrations.AddConstraint(
            model_name="instructionmessage",
            constraint=models.UniqueConstraint(
                fields=("instruction", "code"), name="an_instruction_message_is_sent_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="instructionmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__in", ["0N", "0C"])), name="message_is_0n_or_0c"
            ),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends", None), ("ends__gt", models.F("starts")), _connector="OR"
                ),
                name="stop_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="stop",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(
                            models.Func(
                                models.F("instruction"),
                                models.Func(
                                    models.F("starts"),
                                    template="(%(expressions)s - date '2000-01-01')",
                                ),
                                function="point",
                            ),
                            models.Func(
                                models.F("instruction"),
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
                name="one_stop_at_a_time",
            ),
        ),
        only_appends("revenues_advancenotice"),
        only_appends("revenues_instructionmessage"),
        only_appends("revenues_collection"),
        only_appends("revenues_collectionitem"),
        only_appends("revenues_sentfile"),
        only_appends("revenues_credited"),
        only_appends("revenues_advicefile"),
        only_appends("revenues_advice"),
        only_appends("revenues_settled"),
        only_appends("revenues_triedagain"),
    ]
