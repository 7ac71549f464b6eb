"""The places that hold topics."""

from django.http import HttpRequest
from ninja import Router

from community.api import schemas, shapes
from community.topics.models import Section

router = Router()


@router.get("sections", response=schemas.Listing[schemas.SectionOut], operation_id="listSections")
def sections(request: HttpRequest) -> schemas.Listing[schemas.SectionOut]:
    """Every section, in the brand's order."""
    rows = Section.objects.filter(live=True)
    return schemas.Listing[schemas.SectionOut](items=[shapes.section(request, row) for row in rows], next=None)
