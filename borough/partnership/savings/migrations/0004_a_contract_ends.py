"""A contract ends: its terms hold for no year after the last that both signed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('savings', '0003_what_the_charge_holds'),
    ]

    operations = [
        migrations.AddField(
            model_name='ruleset',
            name='last_year',
            field=models.CharField(blank=True, max_length=7),
        ),
        migrations.AddConstraint(
            model_name='ruleset',
            constraint=models.CheckConstraint(condition=models.Q(('last_year', ''), ('last_year__gte', models.F('first_year')), _connector='OR'), name='a_contract_ends_after_it_begins'),
        ),
    ]
