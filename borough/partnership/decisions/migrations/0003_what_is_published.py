"""What the law asks of a record that is published, and that nothing of a case is published.

Of the records before nobody was asked: there it stays unknown, and what was signed stays as it was.
"""

import django.db.models.deletion
from borough.kernel.appending import only_appends
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("decisions", "0002_options_may_stand_in_an_order")]

    operations = [
        migrations.AddField(
            model_name="record",
            name="taken_by",
            field=models.CharField(choices=[('meeting', 'The cabinet or a committee of it, at a meeting'), ('member', 'One member of the cabinet'), ('officer_executive', 'An officer, on behalf of the cabinet'), ('officer', 'An officer, on behalf of the council or a committee'), ('partners', 'Both partners alone, within the contract')], max_length=20, null=True),
        ),
        migrations.AddField(
            model_name="record",
            name="interests",
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name="record",
            name="dispensation",
            field=models.TextField(null=True),
        ),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.CheckConstraint(
                condition=models.Q(dispensation=None) | models.Q(dispensation="") | (models.Q(interests__isnull=False) & ~models.Q(interests="")),
                name="a_dispensation_is_from_an_interest",
            ),
        ),
        migrations.CreateModel(
            name='Withholding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.TextField()),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withholding', to='decisions.case')),
            ],
        ),
        only_appends("decisions_withholding"),
    ]
