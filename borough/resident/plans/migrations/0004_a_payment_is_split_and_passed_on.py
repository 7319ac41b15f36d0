"""A payment of a plan is split, and what is held for others passed on; none of it is changed."""

import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import only_appends

TABLES = (
    "split", "part", "undone", "remittance", "remittanceline", "remitted", "remittanceback",
)


class Migration(migrations.Migration):

    dependencies = [
        ('bank', '0007_a_payment_can_be_taken_back'),
        ('ledger', '0004_a_holding_is_who_holds_what'),
        ('plans', '0003_a_plan_is_judged_by_what_came_since'),
    ]

    operations = [
        migrations.CreateModel(
            name='Remittance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=24)),
                ('pence', models.BigIntegerField()),
                ('asked_by', models.CharField(max_length=80)),
                ('keyed_by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('details', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bank.bankdetails')),
            ],
        ),
        migrations.CreateModel(
            name='RemittanceLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=160)),
                ('pence', models.BigIntegerField()),
                ('remittance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='plans.remittance')),
                ('sub_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.subaccount')),
            ],
        ),
        migrations.CreateModel(
            name='Remitted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_by', models.CharField(max_length=80)),
                ('keyed_by', models.CharField(max_length=80)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('payment', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bank.payment')),
                ('remittance', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='remitted', to='plans.remittance')),
            ],
        ),
        migrations.CreateModel(
            name='RemittanceBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('remitted', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='came_back', to='plans.remitted')),
            ],
        ),
        migrations.CreateModel(
            name='Split',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('pence', models.BigIntegerField()),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='splits', to='plans.plan')),
            ],
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pence', models.BigIntegerField()),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='plans.share')),
                ('split', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='plans.split')),
            ],
        ),
        migrations.CreateModel(
            name='Undone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('split', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='undone', to='plans.split')),
            ],
        ),
        migrations.AddConstraint(
            model_name='remittance',
            constraint=models.CheckConstraint(condition=models.Q(('pence__gt', 0)), name='a_remittance_is_an_amount'),
        ),
        migrations.AddConstraint(
            model_name='remittanceline',
            constraint=models.CheckConstraint(condition=models.Q(('pence__gt', 0)), name='a_remitted_line_is_an_amount'),
        ),
        migrations.AddConstraint(
            model_name='remitted',
            constraint=models.CheckConstraint(condition=models.Q(('payment', None), models.Q(models.Q(('by', models.F('asked_by')), _negated=True), models.Q(('by', models.F('keyed_by')), _negated=True)), _connector='OR'), name='a_remittance_is_granted_by_another'),
        ),
        migrations.AddConstraint(
            model_name='split',
            constraint=models.CheckConstraint(condition=models.Q(('pence__gt', 0)), name='a_split_is_of_an_amount'),
        ),
        migrations.AddConstraint(
            model_name='part',
            constraint=models.UniqueConstraint(fields=('split', 'share'), name='a_debt_gets_one_part'),
        ),
        migrations.AddConstraint(
            model_name='part',
            constraint=models.CheckConstraint(condition=models.Q(('pence__gt', 0)), name='a_part_is_an_amount'),
        ),
        *(only_appends(f"plans_{table}") for table in TABLES),
    ]
