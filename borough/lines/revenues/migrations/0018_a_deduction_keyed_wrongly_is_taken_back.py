"""A deduction that was keyed wrongly is taken back by the opposite, and its pay day keyed anew."""

import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import only_appends


class Migration(migrations.Migration):
    dependencies = [("revenues", "0017_a_step_rests_on_a_letter")]
    operations = [
        migrations.AddField("deduction", "number", models.SmallIntegerField(default=1)),
        migrations.RemoveConstraint("deduction", "one_deduction_a_pay_day"),
        migrations.AddConstraint(
            "deduction",
            models.UniqueConstraint(
                fields=["attachment", "pay_day", "number"], name="one_deduction_a_pay_day"
            ),
        ),
        migrations.CreateModel(
            "DeductionTakenBack",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.CharField(max_length=80)),
                ("on", models.DateField()),
                (
                    "deduction",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back",
                        to="revenues.deduction",
                    ),
                ),
            ],
        ),
        only_appends("revenues_deductiontakenback"),
    ]
