"""Drawings of the demo community, as images of the brand's desk and as uploads of members."""

from functools import cache

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.models import Image

from community.accounts.models import User
from community.topics.actions.upload import upload_image
from community.topics.models import Upload
from deploy.demo import content
from deploy.demo.drawings import draw

drawn = cache(draw)


def image(name: str) -> Image:
    """The drawing `name` among Wagtail's images, made when it is not there."""
    title = content.alternative_text(name, "en")
    found = Image.objects.filter(title=title).first()
    return found or Image.objects.create(
        title=title, description=title, file=ImageFile(ContentFile(drawn(name)), name=f"{name}.png")
    )


def upload(name: str, by: User) -> Upload:
    """The drawing `name`, sent by a member for a post."""
    return upload_image(SimpleUploadedFile(f"{name}.png", drawn(name), content_type="image/png"), by=by)
