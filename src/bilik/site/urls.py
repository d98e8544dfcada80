"""Addresses of the site, in the words of its readers."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from bilik.site import views

urlpatterns = [
    path("", views.start, name="start"),
    path("beranda/", views.home, name="home"),
    path("beranda/<str:region>/", views.place_home, name="place-home"),
    path("cari/", views.search, name="search"),
    path("tempat/", views.go, name="go"),
    path("bahasa/", login_not_required(require_POST(set_language)), name="set_language"),
    path("akun/", include("bilik.accounts.web.urls")),
    path("data/", include("bilik.elections.web.urls")),
    path("partisipasi/", include("bilik.turnout.web.urls")),
]
