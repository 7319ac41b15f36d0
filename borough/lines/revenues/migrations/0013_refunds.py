"""Refunds: asked for, and decided by another; neither is ever changed."""

import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import only_appends


class Migration(migrations.Migration):

    dependencies = [
        ('bank', '0006_payments_stay'),
        ('ledger', '0004_a_holding_is_who_holds_what'),
        ('revenues', '0012_bills_are_found_by_their_account'),
    ]

    operations = [
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pence', models.BigIntegerField()),
                ('other_debts_pence', models.BigIntegerField(default=0)),
                ('chose_refund', models.BooleanField(default=False)),
                ('asked_by', models.CharField(max_length=80)),
                ('keyed_by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='revenues.account')),
                ('details', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bank.bankdetails')),
                ('sub_account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.subaccount')),
            ],
        ),
        migrations.CreateModel(
            name='RefundDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_by', models.CharField(max_length=80)),
                ('keyed_by', models.CharField(max_length=80)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('because', models.CharField(blank=True, max_length=200)),
                ('payment', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bank.payment')),
                ('refund', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='revenues.refund')),
            ],
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('pence__gt', 0)), name='a_refund_is_an_amount'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('other_debts_pence', 0), ('chose_refund', True), _connector='OR'), name='the_payer_chose_between_debt_and_refund'),
        ),
        migrations.AddConstraint(
            model_name='refunddecision',
            constraint=models.CheckConstraint(condition=models.Q(('payment', None), models.Q(models.Q(('by', models.F('asked_by')), _negated=True), models.Q(('by', models.F('keyed_by')), _negated=True)), _connector='OR'), name='a_refund_is_granted_by_another'),
        ),
        only_appends("revenues_refund"),
        only_appends("revenues_refunddecision"),
    ]
