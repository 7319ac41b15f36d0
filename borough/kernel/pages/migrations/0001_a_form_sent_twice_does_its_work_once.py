from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SpentToken",
            fields=[
                ("token", models.CharField(max_length=22, primary_key=True, serialize=False)),
                ("spent_at", models.DateTimeField(db_default=Now(), db_index=True)),
            ],
        ),
    ]
