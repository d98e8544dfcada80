"""The frame of the site as an application: its templates, static files and pieces."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "bilik.site"
    label = "bilik_site"
