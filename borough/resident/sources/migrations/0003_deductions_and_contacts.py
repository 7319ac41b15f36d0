"""What is taken from an award, and who got in touch about paying: contacts are only added to."""

import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import only_appends


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0002_what_was_told_stays'),
    ]

    operations = [
        migrations.AddField(
            model_name='awardstate',
            name='allowance_pence',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='awardstate',
            name='deductions_pence',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='staged',
            name='allowance_pence',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='staged',
            name='contact_code',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='staged',
            name='contact_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='staged',
            name='contact_reference',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='staged',
            name='deductions_pence',
            field=models.BigIntegerField(null=True),
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=60)),
                ('code', models.CharField(choices=[('paying', 'About paying'), ('cannot_pay', 'Said that they cannot pay')], max_length=12)),
                ('on', models.DateField()),
                ('feed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='sources.feed')),
                ('record', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='sources.record')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('record', 'reference', 'feed'), name='a_feed_tells_a_contact_once')],
            },
        ),
        only_appends("sources_contact"),
    ]
