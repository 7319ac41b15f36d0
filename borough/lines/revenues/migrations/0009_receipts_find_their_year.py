"""Every receipt says which year it pays and by which rule; files come in by way of the bank.

The tables of files loaded here before are taken away: no release has had them.
"""

import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import only_appends


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0003_holdings_join_by_the_statement"),
        ("revenues", "0008_bills_are_found_by_their_year"),
    ]

    operations = [
        migrations.DeleteModel(name="SetAside"),
        migrations.DeleteModel(name="ReceiptFile"),
        migrations.CreateModel(
            name="Allotment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=160)),
                ("pence", models.BigIntegerField()),
                ("rule", models.CharField(max_length=16)),
                ("by", models.CharField(max_length=80)),
                ("on", models.DateField()),
                (
                    "sub_account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.subaccount",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["key"], name="allotment_of_a_receipt")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pence", 0), _negated=True),
                        name="an_allotment_is_an_amount",
                    )
                ],
            },
        ),
        only_appends("revenues_allotment"),
    ]
