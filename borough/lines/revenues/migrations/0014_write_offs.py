"""Debts given up for a reason, and taken up again; nothing of it is ever changed."""

import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import only_appends


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0004_a_holding_is_who_holds_what'),
        ('revenues', '0013_refunds'),
    ]

    operations = [
        migrations.CreateModel(
            name='WriteOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pence', models.BigIntegerField()),
                ('reason', models.CharField(max_length=20)),
                ('needs_another', models.BooleanField()),
                ('stays_seen', models.BooleanField(default=False)),
                ('asked_by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='write_offs', to='revenues.account')),
                ('sub_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.subaccount')),
            ],
        ),
        migrations.CreateModel(
            name='WriteBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('because', models.CharField(max_length=200)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('write_off', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='write_back', to='revenues.writeoff')),
            ],
        ),
        migrations.CreateModel(
            name='WriteOffDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('granted', models.BooleanField()),
                ('needs_another', models.BooleanField()),
                ('asked_by', models.CharField(max_length=80)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('write_off', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='revenues.writeoff')),
            ],
        ),
        migrations.AddConstraint(
            model_name='writeoff',
            constraint=models.CheckConstraint(condition=models.Q(('pence__gt', 0)), name='a_write_off_is_an_amount'),
        ),
        migrations.AddConstraint(
            model_name='writeoffdecision',
            constraint=models.CheckConstraint(condition=models.Q(('granted', False), ('needs_another', False), models.Q(('by', models.F('asked_by')), _negated=True), _connector='OR'), name='a_large_write_off_is_decided_by_another'),
        ),
        only_appends("revenues_writeoff"),
        only_appends("revenues_writeoffdecision"),
        only_appends("revenues_writeback"),
    ]
