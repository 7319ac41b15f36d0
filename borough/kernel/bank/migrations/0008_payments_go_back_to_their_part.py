"""A payment knows the part of the account that it comes from, such as a year."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bank", "0007_a_payment_can_be_taken_back")]
    operations = [
        migrations.AddField(
            model_name="payment",
            name="part",
            field=models.CharField(blank=True, db_default="", max_length=24),
        ),
    ]
