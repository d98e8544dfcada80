"""Addresses of figures and their sources."""

from django.urls import path

from bilik.elections.web import import_views, quality_views, views

app_name = "elections"
urlpatterns = [
    path("", views.sources, name="sources"),
    path("mutu/<str:region>/", quality_views.quality, name="quality"),
    path("mutu/<str:region>/permintaan.pdf", quality_views.letter, name="request-letter"),
    path("mutu/<str:region>/<slug:election>/", quality_views.failing, name="failing"),
    path("mutu/<str:region>/<slug:election>/pemeriksaan.csv", quality_views.failing_sheet, name="failing-sheet"),
    path("impor/", import_views.imports, name="imports"),
    path("impor/<slug:digest>/", import_views.weigh_upload, name="import"),
    path("impor/<slug:digest>/kekeliruan.csv", import_views.faults, name="faults"),
    path("berkas/<int:number>/", import_views.receipt, name="receipt"),
    path("berkas/<int:number>/berlaku/", import_views.force, name="force"),
    path("angka/<slug:election>/<str:region>/<str:column>/", views.figure, name="figure"),
]
