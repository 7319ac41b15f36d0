"""What both decide: cases, the information they have, what they say of it, the joint record."""

import django.contrib.postgres.fields
import django.db.models.deletion
from borough.kernel.appending import only_appends
from django.conf import settings
from django.db import migrations, models

# Who reads and who speaks for a partner sits for it on the day, as who signs does.
FROM_A_SEAT = """
create trigger decisions_{0}_from_a_seat before insert on decisions_{0}
  for each row execute function seats_signs_from_a_seat();
alter table decisions_{0} enable always trigger decisions_{0}_from_a_seat;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("seats", "0002_a_seat_stays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('why', models.TextField()),
                ('others', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('consult', models.TextField(blank=True)),
                ('decide_by', models.DateField()),
                ('matters', models.CharField(choices=[('routine', 'Routine: within what was agreed'), ('significant', 'Significant: it changes money, staff or a service'), ('key', 'Key: members decide it, or it cannot easily be undone')], max_length=12)),
                ('shown', models.CharField(choices=[('open', 'The record is published once both have signed it'), ('summary', 'A summary is published, the reasons are not'), ('closed', 'It is not published: the information is exempt')], max_length=8)),
                ('mode', models.CharField(choices=[('server', 'Kept here, encrypted, until all have sealed theirs'), ('split', 'Kept by each side; only its seal comes here')], max_length=8)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('others__len__gte', 1)), name='a_case_has_two_options')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.CharField(choices=[('council', 'council'), ('partner', 'partner')], max_length=8)),
                ('words', models.TextField()),
                ('on', models.DateField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='decisions.case')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Pack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.IntegerField()),
                ('manifest', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packs', to='decisions.case')),
            ],
        ),
        migrations.CreateModel(
            name='Acknowledgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.CharField(choices=[('council', 'council'), ('partner', 'partner')], max_length=8)),
                ('holds_more', models.BooleanField()),
                ('on', models.DateField()),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('pack', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgements', to='decisions.pack')),
            ],
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('option', models.IntegerField()),
                ('decision', models.TextField()),
                ('reasons', models.TextField()),
                ('rejected', models.TextField()),
                ('dissent', models.TextField(blank=True)),
                ('conditions', models.TextField(blank=True)),
                ('review_on', models.DateField()),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='decisions.case')),
                ('pack', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.pack')),
            ],
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('sha256', models.CharField(max_length=64)),
                ('media', models.CharField(max_length=40)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='decisions.case')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'sha256'), name='a_paper_is_kept_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='pack',
            constraint=models.UniqueConstraint(fields=('case', 'version'), name='a_pack_has_its_version'),
        ),
        migrations.AddConstraint(
            model_name='acknowledgement',
            constraint=models.UniqueConstraint(fields=('pack', 'party'), name='a_partner_reads_a_pack_once'),
        ),
        *(
            only_appends(f"decisions_{one}")
            for one in ("case", "paper", "pack", "acknowledgement", "note", "record")
        ),
        *(
            migrations.RunSQL(
                FROM_A_SEAT.format(one),
                f"drop trigger decisions_{one}_from_a_seat on decisions_{one};",
            )
            for one in ("acknowledgement", "note")
        ),
    ]
