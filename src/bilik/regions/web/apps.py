"""The regions application of the site."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "bilik.regions.web"
    label = "regions"
    default_auto_field = "django.db.models.BigAutoField"
