"""Storing images for posts: re-encoded, so that neither their place of origin nor anything hidden in them stays."""

import secrets

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from community.accounts.models import User
from community.core.images import reencode
from community.topics.models import Upload
from community.topics.permissions import check_can_add_pictures

MAX_SIDE = 1600


def upload_image(file: UploadedFile[bytes] | None, *, by: User) -> Upload:
    """Store the image in `file` for use in posts of `by`, at most 1,600 pixels wide or high.

    Raises PermissionDenied, or ValidationError when it is no image, too large or too heavy.
    """
    check_can_add_pictures(by)
    if file is None:
        raise ValidationError(_("Choose an image first."), code="missing")
    image = reencode(file, max_side=MAX_SIDE)
    now = timezone.now()
    name = f"posts/{now:%Y/%m}/{secrets.token_urlsafe(12)}-{image.width}x{image.height}.{image.extension}"
    stored = default_storage.save(name, ContentFile(image.content))
    return Upload.objects.create(user=by, name=stored, width=image.width, height=image.height, size=len(image.content))
