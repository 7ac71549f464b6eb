"""Files that no address serves: kept apart from the media folder, read only through views that check who asks."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible(path="community.core.private_files.PrivateFiles")
class PrivateFiles(FileSystemStorage):
    """A folder outside MEDIA_ROOT, readable by the server's own user only."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self) -> str:
        """PRIVATE_ROOT as it is now, so that tests and the demo may have their own."""
        return str(settings.PRIVATE_ROOT)

    @property
    def location(self) -> str:
        """The folder's absolute path."""
        return str(Path(self.base_location).absolute())

    def url(self, name: str | None) -> Any:
        """There is none. Raises ValueError."""
        raise ValueError("Private files have no address: a view serves them to who may read them.")
