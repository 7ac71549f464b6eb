from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0002_ask_session")]

    operations = [
        migrations.AddField(
            model_name="searchdocument",
            name="tags",
            field=models.TextField(blank=True, default=""),
        ),
    ]
