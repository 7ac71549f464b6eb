"""The daily pass is known by the run of its daily task, as every other daily task is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ranks", "0001_initial")]

    operations = [migrations.DeleteModel(name="DayPass")]
