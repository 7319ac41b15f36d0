"""The packs that were put before the joint board; none is changed or goes."""

from borough.kernel.appending import only_appends
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Pack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told', models.TextField()),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('head', models.CharField(max_length=64)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$'), ('head__regex', '^[0-9a-f]{64}$')), name='a_pack_holds_two_sha256')],
            },
        ),
        only_appends("pack_pack"),
    ]
