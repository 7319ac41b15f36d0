"""Contracts, and what holds of each from which day on; none of it is changed or goes."""

import django.db.models.deletion
from borough.kernel.appending import only_appends
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_what_was_taken_from_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='Contract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=40, unique=True)),
                ('is_partnership', models.BooleanField(default=False)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='files.file')),
            ],
        ),
        migrations.CreateModel(
            name='Particulars',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('since', models.DateField()),
                ('because', models.CharField(blank=True, max_length=200)),
                ('title', models.CharField(max_length=120)),
                ('department', models.CharField(max_length=80)),
                ('description', models.CharField(max_length=500)),
                ('supplier', models.CharField(max_length=120)),
                ('supplier_details', models.CharField(blank=True, max_length=200)),
                ('value_pence', models.BigIntegerField()),
                ('value_is', models.CharField(choices=[('whole', 'Over the whole length of the contract'), ('yearly', 'A year, as estimated or budgeted')], max_length=6)),
                ('vat_pence', models.BigIntegerField(null=True)),
                ('starts', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('review_on', models.DateField(null=True)),
                ('process', models.CharField(choices=[('quote', 'Invitation to quote'), ('tender', 'Published invitation to tender'), ('neither', 'Neither')], max_length=7)),
                ('is_small', models.BooleanField()),
                ('is_voluntary', models.BooleanField()),
                ('registered_with', models.CharField(blank=True, choices=[('company', 'Companies House'), ('charity', 'Charity Commission for England and Wales'), ('other', 'Another register')], max_length=7)),
                ('registration', models.CharField(blank=True, max_length=20)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='particulars', to='register.contract')),
            ],
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.UniqueConstraint(condition=models.Q(('is_partnership', True)), fields=('is_partnership',), name='the_partners_have_one_contract'),
        ),
        migrations.AddConstraint(
            model_name='particulars',
            constraint=models.UniqueConstraint(fields=('contract', 'number'), name='an_amendment_has_its_number'),
        ),
        migrations.AddConstraint(
            model_name='particulars',
            constraint=models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('starts')), _connector='OR'), name='a_contract_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='particulars',
            constraint=models.CheckConstraint(condition=models.Q(('value_pence__gte', 0), models.Q(('vat_pence', None), ('vat_pence__gte', 0), _connector='OR')), name='a_contract_costs_something'),
        ),
        migrations.AddConstraint(
            model_name='particulars',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('because', ''), ('number', 0)), models.Q(('number__gt', 0), models.Q(('because', ''), _negated=True)), _connector='OR'), name='an_amendment_says_why'),
        ),
        migrations.AddConstraint(
            model_name='particulars',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('registered_with', ''), ('registration', '')), models.Q(models.Q(('registration', ''), _negated=True), models.Q(('registered_with', ''), _negated=True)), _connector='OR'), name='a_registration_is_with_somebody'),
        ),
        only_appends("register_contract"),
        only_appends("register_particulars"),
    ]
