"""Whose bill and which run's is checked once a statement and not once a row, and refuses as much.

Accounts and runs never go, so they need only be there as the bill is written. The index of the account alone goes: the key begins with it.
"""

import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import Key, joins_by_the_statement, never_goes

ACCOUNT = Key(
    "account_id", "revenues_account", "there is no such account to bill", "a_bill_has_an_account"
)
RUN = Key("run_id", "runs_run", "there is no such run", "a_bill_has_its_run")


class Migration(migrations.Migration):
    dependencies = [("revenues", "0002_bills_and_files_stay"), ("runs", "0003_runs_stay")]
    operations = [
        never_goes("revenues_account"),
        migrations.AlterField(
            "bill",
            "account",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bills",
                to="revenues.account",
            ),
        ),
        migrations.AlterField(
            "bill",
            "run",
            models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="runs.run",
            ),
        ),
        joins_by_the_statement("revenues_bill", ACCOUNT, RUN),
    ]
