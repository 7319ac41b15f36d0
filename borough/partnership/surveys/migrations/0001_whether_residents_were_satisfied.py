"""Who was asked whether they were satisfied, in numbers, and each answer; for good."""

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
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('service', models.CharField(choices=[('revenues', 'Council Tax and business rates'), ('benefits', 'Benefits'), ('customer', 'Contact centre and one-stop shops'), ('payroll', 'Payroll'), ('payables', 'Paying invoices'), ('ict', 'ICT')], max_length=12)),
                ('way', models.CharField(choices=[('letter', 'After a letter'), ('visit', 'After a visit'), ('call', 'After a call'), ('online', 'Online')], max_length=8)),
                ('on', models.DateField()),
                ('by', models.CharField(max_length=80)),
            ],
            options={
                'indexes': [models.Index(fields=['service', 'on'], name='invitation_of_service')],
            },
        ),
        migrations.CreateModel(
            name='Asked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('service', models.CharField(choices=[('revenues', 'Council Tax and business rates'), ('benefits', 'Benefits'), ('customer', 'Contact centre and one-stop shops'), ('payroll', 'Payroll'), ('payables', 'Paying invoices'), ('ict', 'ICT')], max_length=12)),
                ('way', models.CharField(choices=[('letter', 'After a letter'), ('visit', 'After a visit'), ('call', 'After a call'), ('online', 'Online')], max_length=8)),
                ('on', models.DateField()),
                ('count', models.PositiveIntegerField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked', to='files.file')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('service', 'way', 'on'), name='one_number_asked_of_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('service', models.CharField(choices=[('revenues', 'Council Tax and business rates'), ('benefits', 'Benefits'), ('customer', 'Contact centre and one-stop shops'), ('payroll', 'Payroll'), ('payables', 'Paying invoices'), ('ict', 'ICT')], max_length=12)),
                ('way', models.CharField(choices=[('letter', 'After a letter'), ('visit', 'After a visit'), ('call', 'After a call'), ('online', 'Online')], max_length=8)),
                ('on', models.DateField()),
                ('rating', models.PositiveSmallIntegerField(choices=[(5, 'Very satisfied'), (4, 'Fairly satisfied'), (3, 'Neither satisfied nor dissatisfied'), (2, 'Fairly dissatisfied'), (1, 'Very dissatisfied')])),
                ('reference', models.CharField(blank=True, max_length=40)),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='files.file')),
                ('invitation', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='surveys.invitation')),
            ],
            options={
                'indexes': [models.Index(fields=['on', 'service'], name='answers_of_service')],
                'constraints': [models.CheckConstraint(condition=models.Q(('rating__gte', 1), ('rating__lte', 5)), name='a_rating_is_of_five'), models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', False), ('invitation', None), models.Q(('reference', ''), _negated=True)), models.Q(('file', None), ('invitation__isnull', False), ('reference', '')), _connector='OR'), name='an_answer_comes_from_somewhere'), models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('reference',), name='an_answer_counts_once')],
            },
        ),
        only_appends("surveys_asked"),
        only_appends("surveys_invitation"),
        only_appends("surveys_answer"),
    ]
