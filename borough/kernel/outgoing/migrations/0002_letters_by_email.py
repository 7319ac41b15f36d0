"""Who asked for letters by email, confirmed it, ended it; what was sent and what failed."""

import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import only_appends


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0004_prints_know_their_pages'),
        ('outgoing', '0001_how_letters_leave'),
        ('people', '0003_a_whole_name_fits_among_the_former'),
    ]

    operations = [
        migrations.CreateModel(
            name='Paperless',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254)),
                ('attach', models.BooleanField()),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('asked_on', models.DateField()),
                ('expires_on', models.DateField()),
                ('by', models.CharField(max_length=80)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paperless', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Emailing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('was_sent', models.BooleanField()),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='emailings', to='documents.document')),
                ('paperless', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='emailings', to='outgoing.paperless')),
            ],
        ),
        migrations.CreateModel(
            name='PaperlessConfirmed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('paperless', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='confirmed', to='outgoing.paperless')),
            ],
        ),
        migrations.CreateModel(
            name='PaperlessEnded',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('asked', 'They asked for paper'), ('changed', 'Another address was given'), ('bounced', 'An email came back')], max_length=8)),
                ('on', models.DateField()),
                ('by', models.CharField(max_length=80)),
                ('paperless', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ended', to='outgoing.paperless')),
            ],
        ),
        migrations.AddConstraint(
            model_name='paperless',
            constraint=models.CheckConstraint(condition=models.Q(('expires_on__gt', models.F('asked_on'))), name='a_link_lasts_a_day'),
        ),
        migrations.AddConstraint(
            model_name='emailing',
            constraint=models.UniqueConstraint(condition=models.Q(('was_sent', True)), fields=('document', 'paperless'), name='one_email_of_a_letter'),
        ),
        only_appends("outgoing_paperless"),
        only_appends("outgoing_paperlessconfirmed"),
        only_appends("outgoing_paperlessended"),
        only_appends("outgoing_emailing"),
    ]
