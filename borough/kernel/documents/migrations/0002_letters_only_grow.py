"""What was written stays written: templates, letters, whom they are for, and their prints."""

from django.db import migrations

from borough.kernel.appending import only_appends


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [
        only_appends("documents_template"),
        only_appends("documents_document"),
        only_appends("documents_addressee"),
        only_appends("documents_print"),
    ]
