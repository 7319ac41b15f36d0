"""Work that was done in another system, a row for each piece of it, for good."""

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
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('claims', 'Claims and changes of benefit decided'), ('contacts', 'Telephone calls and visits answered'), ('invoices', 'Invoices of suppliers processed'), ('payslips', 'Payslips made')], max_length=12)),
                ('reference', models.CharField(max_length=40)),
                ('on', models.DateField()),
                ('file', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='work', to='files.file')),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'on'], name='work_of_a_day')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'reference'), name='work_counts_once')],
            },
        ),
        only_appends("work_item"),
    ]
