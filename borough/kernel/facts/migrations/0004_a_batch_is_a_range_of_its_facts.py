"""Two indexes that nothing reads go: each was kept up to date for every fact of a bulk run.

The facts of a batch are one range of their key, since their numbers begin with the batch's.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("facts", "0003_facts_join_by_the_statement")]
    operations = [
        migrations.RemoveIndex("fact", "fact_of_a_kind"),
        migrations.AlterField(
            "fact",
            "batch",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="facts.batch",
            ),
        ),
    ]
