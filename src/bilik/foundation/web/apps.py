"""The page kit as an application: templates, static files and template tags."""

from django.apps import AppConfig


class PageKitConfig(AppConfig):
    name = "bilik.foundation.web"
    label = "page_kit"
