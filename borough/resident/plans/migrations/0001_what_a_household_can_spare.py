"""What households told of their month stays as it was told."""

import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import only_appends


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0003_a_whole_name_fits_among_the_former'),
    ]

    operations = [
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(choices=[('short', 'short'), ('full', 'full')], max_length=8)),
                ('taken_on', models.DateField()),
                ('by', models.CharField(max_length=80)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('heading', models.CharField(max_length=40)),
                ('pence', models.BigIntegerField(null=True)),
                ('every', models.CharField(choices=[('weekly', 'weekly'), ('fortnightly', 'fortnightly'), ('four_weekly', 'four_weekly'), ('monthly', 'monthly'), ('quarterly', 'quarterly'), ('annual', 'annual')], max_length=12)),
                ('source', models.CharField(choices=[('told', 'Told by the resident'), ('seen', 'Seen on paper: a payslip, a bill, a bank statement'), ('adviser', 'From a debt adviser'), ('records', 'From the council’s own records')], max_length=12)),
                ('observed', models.DateField()),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='plans.statement')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('statement', 'heading'), name='a_statement_answers_a_heading_once'), models.CheckConstraint(condition=models.Q(('pence', None), ('pence__gte', 0), _connector='OR'), name='a_figure_is_not_below_nought')],
            },
        ),
        only_appends("plans_statement"),
        only_appends("plans_figure"),
    ]
