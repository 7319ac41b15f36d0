"""What a council loads to look at statements by; what was loaded stays."""

from django.db import migrations, models

from borough.kernel.appending import only_appends


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0004_a_payment_is_split_and_passed_on'),
    ]

    operations = [
        migrations.CreateModel(
            name='Guideline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts', models.DateField()),
                ('household', models.CharField(max_length=60)),
                ('heading', models.CharField(max_length=60)),
                ('pence', models.BigIntegerField()),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pence__gte', 0)), name='a_guideline_is_never_below_nought')],
            },
        ),
        only_appends("plans_guideline"),
    ]
