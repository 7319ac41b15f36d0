"""What was agreed of each debt stays as it was agreed; a plan ends, and is replaced by another."""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import only_appends


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0004_a_holding_is_who_holds_what'),
        ('people', '0004_parts_of_a_name_with_an_apostrophe_are_found'),
        ('plans', '0001_what_a_household_can_spare'),
    ]

    operations = [
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('monthly_pence', models.BigIntegerField()),
                ('months', models.IntegerField()),
                ('first_due', models.DateField()),
                ('by', models.CharField(max_length=80)),
                ('starts', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('why_ended', models.CharField(blank=True, choices=[('paid', 'Paid off'), ('changed', 'Replaced by another'), ('not_kept', 'Not kept'), ('asked', 'The resident asked'), ('mistake', 'Made by mistake')], max_length=12)),
                ('follows', models.OneToOneField(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='plans.plan')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joint_plans', to='people.person')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='plans.statement')),
            ],
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('debt', models.CharField(max_length=160)),
                ('title', models.CharField(max_length=160)),
                ('thing', models.CharField(max_length=80)),
                ('part', models.CharField(blank=True, max_length=24)),
                ('is_ours', models.BooleanField()),
                ('tier', models.SmallIntegerField()),
                ('owed_pence', models.BigIntegerField()),
                ('floor_pence', models.BigIntegerField()),
                ('monthly_pence', models.BigIntegerField()),
                ('says', models.TextField()),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='plans.plan')),
                ('sub_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.subaccount')),
            ],
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('monthly_pence__gt', 0), ('months__gt', 0)), name='a_plan_asks_for_something'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends', None), ('why_ended', '')), models.Q(('ends__isnull', False), models.Q(('why_ended', ''), _negated=True)), _connector='OR'), name='a_plan_ends_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('starts')), _connector='OR'), name='a_plan_never_ends_before_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('ends', None), ('ends__gt', models.F('starts')), _connector='OR'), expressions=[(models.Func(models.Func(models.F('person'), models.Func(models.F('starts'), template="(%(expressions)s - date '2000-01-01')"), function='point'), models.Func(models.F('person'), models.Func(models.F('ends'), template="coalesce(%(expressions)s - date '2000-01-02', 1000000)"), function='point'), function='box'), '&&')], name='one_joint_plan_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='share',
            index=models.Index(fields=['thing'], name='shares_of_a_debt'),
        ),
        migrations.AddConstraint(
            model_name='share',
            constraint=models.UniqueConstraint(fields=('plan', 'sub_account'), name='a_plan_has_a_debt_once'),
        ),
        migrations.AddConstraint(
            model_name='share',
            constraint=models.CheckConstraint(condition=models.Q(('floor_pence__gte', 0), ('monthly_pence__gte', 0), ('owed_pence__gte', models.F('monthly_pence'))), name='a_share_is_no_more_than_is_owed'),
        ),
        only_appends("plans_share"),
    ]
