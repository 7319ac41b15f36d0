"""Changes asked for and risks named, as they were heard; none of it is changed or goes."""

from borough.kernel.appending import only_appends
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0001_contracts_and_what_holds_of_them'),
    ]

    operations = [
        migrations.CreateModel(
            name='Heard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('change.requested', 'A change was asked for'), ('change.decided', 'A change was decided'), ('change.risk_raised', 'A risk was named'), ('change.risk_ended', 'A risk is none any more')], max_length=20)),
                ('number', models.BigIntegerField()),
                ('fact', models.BigIntegerField(unique=True)),
                ('on', models.DateField()),
            ],
        ),
        only_appends("register_heard"),
    ]
