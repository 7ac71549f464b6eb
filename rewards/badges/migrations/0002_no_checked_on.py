"""That badges are looked through once a day is known by the run of their daily task, as of every other."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("badges", "0001_initial")]

    operations = [migrations.RemoveField(model_name="badge", name="checked_on")]
