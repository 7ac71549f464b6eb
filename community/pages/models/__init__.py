"""Wagtail pages and the brand's settings."""

from community.pages.models.articles import HelpArticlePage, HelpIndexPage
from community.pages.models.home import HomePage
from community.pages.models.settings import BrandSettings, FooterLink, NavigationItem

__all__ = ["BrandSettings", "FooterLink", "HelpArticlePage", "HelpIndexPage", "HomePage", "NavigationItem"]
