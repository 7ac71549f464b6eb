from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0006_ask_session_ticket")]

    operations = [
        migrations.AddField(
            model_name="searchdocument",
            name="tags",
            field=models.TextField(blank=True, default=""),
        ),
    ]
