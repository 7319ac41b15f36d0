"""What is asked of the fund, found, decided and paid; none of it is ever changed."""

import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import only_appends

TABLES = (
    "budget", "application", "finding", "proposed", "review", "decision", "paying", "returned",
    "withdrawal",
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bank', '0007_a_payment_can_be_taken_back'),
        ('people', '0004_parts_of_a_name_with_an_apostrophe_are_found'),
    ]

    operations = [
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('strand', models.CharField(choices=[('crisis', 'Crisis Payment'), ('housing', 'Housing Payment'), ('resilience', 'Resilience Services'), ('community', 'Community Coordination')], max_length=12)),
                ('is_for', models.CharField(choices=[('food', 'Food and other essentials'), ('energy', 'Heating, electricity or water'), ('rent', 'Rent, or rent that is owed'), ('deposit', 'A deposit, or rent in advance'), ('moving', 'The costs of a move'), ('furniture', 'Furniture or appliances'), ('travel', 'Travel that cannot wait'), ('other', 'Something else')], max_length=12)),
                ('words', models.TextField(blank=True)),
                ('asked_pence', models.BigIntegerField(null=True)),
                ('how', models.CharField(choices=[('counter', 'At a counter'), ('telephone', 'By telephone'), ('own', 'From their own account'), ('others', 'Somebody else for them')], max_length=12)),
                ('asked_for_by', models.CharField(blank=True, max_length=120)),
                ('consent', models.BooleanField(default=False)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('received_at', models.DateTimeField()),
                ('payee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fund_applications', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Budget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.CharField(max_length=7)),
                ('strand', models.CharField(choices=[('crisis', 'Crisis Payment'), ('housing', 'Housing Payment'), ('resilience', 'Resilience Services'), ('community', 'Community Coordination')], max_length=12)),
                ('pence', models.BigIntegerField()),
                ('invented', models.BooleanField(default=False)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['year', 'strand'], name='budget_of_a_strand')],
                'constraints': [models.CheckConstraint(condition=models.Q(('pence__gte', 0)), name='a_budget_is_never_below_nought')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pence', models.BigIntegerField()),
                ('limit_pence', models.BigIntegerField()),
                ('because', models.TextField()),
                ('proposed_by', models.CharField(blank=True, max_length=80)),
                ('keyed_by', models.CharField(blank=True, max_length=80)),
                ('first_by', models.CharField(blank=True, max_length=80)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('decided_at', models.DateTimeField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='fund.application')),
            ],
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('in_need', models.BooleanField()),
                ('need_because', models.TextField()),
                ('is_urgent', models.BooleanField()),
                ('urgent_because', models.TextField()),
                ('has_rent_help', models.BooleanField(null=True)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='fund.application')),
            ],
        ),
        migrations.CreateModel(
            name='Paying',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nth', models.SmallIntegerField()),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payings', to='fund.decision')),
                ('payment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bank.payment')),
            ],
        ),
        migrations.CreateModel(
            name='Returned',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('reversed', 'Reversed before it went'), ('came_back', 'Came back from the bank')], max_length=12)),
                ('because', models.TextField(blank=True)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('paying', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='returned', to='fund.paying')),
            ],
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(blank=True)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='fund.decision')),
            ],
        ),
        migrations.CreateModel(
            name='Proposed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pence', models.BigIntegerField()),
                ('because', models.TextField()),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='fund.application')),
                ('details', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bank.bankdetails')),
                ('after', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='fund.review')),
            ],
        ),
        migrations.AddField(
            model_name='decision',
            name='after',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision_on_it', to='fund.review'),
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('because', models.TextField(blank=True)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='fund.application')),
            ],
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('strand__in', ('crisis', 'housing'))), name='an_application_is_for_what_people_ask_for'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('asked_pence', None), ('asked_pence__gt', 0), _connector='OR'), name='an_application_asks_for_something'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('consent', True), ('how', 'others'), models.Q(('asked_for_by', ''), _negated=True)), models.Q(models.Q(('how', 'others'), _negated=True), ('asked_for_by', '')), _connector='OR'), name='who_asks_for_another_is_named_and_has_consent'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('strand', 'housing'), ('payee', models.F('person')), _connector='OR'), name='a_landlord_is_paid_for_housing_alone'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('need_because', ''), _negated=True), models.Q(('urgent_because', ''), _negated=True)), name='what_is_found_has_reasons'),
        ),
        migrations.AddConstraint(
            model_name='paying',
            constraint=models.UniqueConstraint(fields=('decision', 'nth'), name='an_award_is_paid_once'),
        ),
        migrations.AddConstraint(
            model_name='proposed',
            constraint=models.CheckConstraint(condition=models.Q(('pence__gt', 0)), name='a_proposed_award_is_an_amount'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('after', None)), fields=('application',), name='decided_once_before_a_review'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('pence__gte', 0), models.Q(('because', ''), _negated=True)), name='a_decision_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('pence__lte', models.F('limit_pence')), models.Q(models.Q(('proposed_by', ''), _negated=True), models.Q(('by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='above_the_limit_two_officers_decide'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('pence', 0), models.Q(models.Q(('keyed_by', ''), _negated=True), models.Q(('by', models.F('keyed_by')), _negated=True)), _connector='OR'), name='who_keyed_bank_details_does_not_decide'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('after', None), ('first_by', '')), models.Q(('after__isnull', False), models.Q(('first_by', ''), _negated=True), models.Q(('by', models.F('first_by')), _negated=True)), _connector='OR'), name='another_officer_looks_again'),
        ),
        *(only_appends(f"fund_{table}") for table in TABLES),
    ]
