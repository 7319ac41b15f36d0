"""A notice, what it reaches, what happened and how it ended: each stays as it was recorded."""

import django.contrib.postgres.fields
import django.db.models.deletion
from borough.kernel.appending import only_appends
from django.db import migrations, models


TABLES = ("notice", "noticedebt", "event", "release", "ending")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('holds', '0002_holds_stay'),
        ('people', '0003_a_whole_name_fits_among_the_former'),
        ('sources', '0002_what_was_told_stays'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('breathing_space', 'Breathing space'), ('mental_health_crisis', 'Mental health crisis moratorium')], max_length=24)),
                ('reference', models.CharField(max_length=40, unique=True)),
                ('registered_on', models.DateField()),
                ('starts', models.DateField()),
                ('adviser', models.CharField(max_length=120)),
                ('adviser_reference', models.CharField(blank=True, max_length=40)),
                ('certified_on', models.DateField(null=True)),
                ('told_by', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moratorium', to='sources.notice')),
                ('recorded_on', models.DateField()),
                ('recorded_at', models.DateTimeField(db_default=models.Func(function='clock_timestamp', output_field=models.DateTimeField()))),
                ('by', models.CharField(max_length=80)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moratoria', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Ending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ends', models.DateField()),
                ('why', models.CharField(choices=[('lapsed', 'Its days were over'), ('completed', 'A debt solution is in place'), ('adviser', 'The adviser cancelled it'), ('court', 'The court cancelled it'), ('died', 'The person has died')], max_length=12)),
                ('recorded_on', models.DateField()),
                ('by', models.CharField(max_length=80)),
                ('notice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ending', to='moratoria.notice')),
            ],
        ),
        migrations.CreateModel(
            name='NoticeDebt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thing', models.CharField(max_length=80)),
                ('part', models.CharField(blank=True, max_length=24)),
                ('title', models.CharField(max_length=160)),
                ('pence', models.BigIntegerField()),
                ('is_inside', models.BooleanField()),
                ('why', models.CharField(max_length=300)),
                ('holder', models.CharField(blank=True, max_length=120)),
                ('remarks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), default=list, size=None)),
                ('origin', models.CharField(choices=[('named', 'In the notice'), ('found', 'Found by our search')], max_length=5)),
                ('people', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('on', models.DateField()),
                ('hold', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holds.hold')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='debts', to='moratoria.notice')),
            ],
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('searched', 'Our records were searched for further debts'), ('adviser_told', 'The adviser was told of a debt that we found'), ('review_asked', 'We asked the adviser for a review'), ('review_kept', 'The adviser looked again, and it goes on'), ('midway_kept', 'The adviser’s midway review: it goes on'), ('treatment_ended', 'The crisis treatment ended'), ('holder_told', 'The holder of a debt was told')], max_length=16)),
                ('on', models.DateField()),
                ('found', models.IntegerField(null=True)),
                ('recorded_on', models.DateField()),
                ('by', models.CharField(max_length=80)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='moratoria.notice')),
                ('debt', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='moratoria.noticedebt')),
            ],
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ends', models.DateField()),
                ('why', models.CharField(choices=[('lapsed', 'Its days were over'), ('completed', 'A debt solution is in place'), ('adviser', 'The adviser cancelled it'), ('court', 'The court cancelled it'), ('died', 'The person has died')], max_length=12)),
                ('recorded_on', models.DateField()),
                ('by', models.CharField(max_length=80)),
                ('debt', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='release', to='moratoria.noticedebt')),
            ],
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('starts__gt', models.F('registered_on'))), name='a_moratorium_starts_after_its_entry'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('certified_on__isnull', False), ('kind', 'mental_health_crisis')), models.Q(('certified_on', None), ('kind', 'breathing_space')), _connector='OR'), name='a_crisis_is_certified'),
        ),
        migrations.AddConstraint(
            model_name='noticedebt',
            constraint=models.UniqueConstraint(fields=('notice', 'thing', 'part'), name='a_debt_is_in_a_notice_once'),
        ),
        migrations.AddConstraint(
            model_name='noticedebt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hold__isnull', False), ('is_inside', True)), models.Q(('hold', None), ('is_inside', False)), _connector='OR'), name='what_is_inside_is_held'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'treatment_ended')), fields=('notice',), name='a_treatment_ends_once'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('found__gte', 0), ('kind', 'searched')), models.Q(models.Q(('kind', 'searched'), _negated=True), ('found', None)), _connector='OR'), name='a_search_says_what_it_found'),
        ),
        *(only_appends(f"moratoria_{table}") for table in TABLES),
    ]
