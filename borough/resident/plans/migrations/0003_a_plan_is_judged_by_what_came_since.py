"""Of a share it is kept what had come before the plan, and of a plan its day of the month.

Of shares agreed before this, all that ever came counts as come since: in the resident's favour.
"""

from django.db import migrations, models

DAYS = "update plans_plan set payment_day = extract(day from first_due)"


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_one_plan_of_many_debts")]
    operations = [
        migrations.AddField("plan", "payment_day", models.SmallIntegerField(default=1), False),
        migrations.RunSQL(DAYS, migrations.RunSQL.noop),
        migrations.AddField(
            "share", "received_before_pence", models.BigIntegerField(default=0), False
        ),
    ]
