"""Addresses of figures and their sources."""

from django.urls import path

from bilik.elections.web import views

app_name = "elections"
urlpatterns = [
    path("", views.sources, name="sources"),
    path("angka/<slug:election>/<str:region>/<str:column>/", views.figure, name="figure"),
]
