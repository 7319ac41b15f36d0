"""The pages of officers and roles."""

from django.urls import path

from borough.wiring import officers

urlpatterns = [
    path("officers", officers.officers, name="officers"),
    path("officers/roles", officers.roles, name="officer-roles"),
    path("officers/new", officers.record, name="officer-new"),
    path("officers/<int:number>", officers.officer, name="officer"),
    path("officers/<int:number>/roles", officers.appoint, name="officer-appoint"),
    path("officers/<int:number>/roles/<int:appointment>/end", officers.end, name="officer-end"),
    path("officers/<int:number>/link", officers.link, name="officer-link"),
]
