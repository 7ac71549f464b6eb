"""The programme at the brand’s desk."""
