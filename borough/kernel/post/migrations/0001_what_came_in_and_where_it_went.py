"""The incoming post only grows: what came in stays as it came."""

import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import only_appends


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('received_on', models.DateField()),
                ('how', models.CharField(choices=[('letter', 'Letter'), ('email', 'Email'), ('counter', 'Handed in')], max_length=8)),
                ('about', models.CharField(choices=[('move', 'A move'), ('discount', 'A discount, reduction or exemption'), ('dispute', 'They disagree with something'), ('paying', 'Paying, or trouble with paying'), ('refund', 'A refund or bank details'), ('death', 'A death'), ('other', 'Something else')], max_length=8)),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('media', models.CharField(max_length=20)),
                ('length_bytes', models.IntegerField()),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='Filing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thing', models.CharField(db_index=True, max_length=80)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='filings', to='post.item')),
            ],
        ),
        migrations.CreateModel(
            name='Done',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='done', to='post.item')),
            ],
        ),
        only_appends("post_item"),
        only_appends("post_filing"),
        only_appends("post_done"),
    ]
