"""Private files as they are sent: never something that a browser would run on our address."""

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from community.tickets.models import TicketAttachment

LOCKED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def file_response(attachment: TicketAttachment) -> FileResponse:
    """The file for somebody who may read it. Pictures, which we drew ourselves, are shown; all else is saved.

    Raises Http404 when the row is there and the file is not.
    """
    try:
        content = attachment.file.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("There is no such file.")) from error
    response = FileResponse(
        content,
        as_attachment=not attachment.is_image,
        filename=attachment.name,
        content_type=attachment.content_type,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = LOCKED
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
