"""Addresses of the brand's pages: `urlpatterns` stand without a language, `page_patterns` behind one, last of all."""

from django.urls import path, re_path

from community.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.choose_language, name="choose_language"),
    path("brand.css", views.brand_css, name="brand_css"),
    path("robots.txt", views.robots, name="robots"),
]
page_patterns = [re_path(r"^((?:[\w-]+/)*)$", views.page, name="page")]
