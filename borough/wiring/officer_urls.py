"""The pages of officers and roles."""

from django.urls import path

from borough.wiring import officers

urlpatterns = [
    path("", officers.officers, name="officers"),
    path("/roles", officers.roles, name="officer-roles"),
    path("/new", officers.record, name="officer-new"),
    path("/<int:number>", officers.officer, name="officer"),
    path("/<int:number>/roles", officers.appoint, name="officer-appoint"),
    path("/<int:number>/roles/<int:appointment>/end", officers.end, name="officer-end"),
    path("/<int:number>/link", officers.link, name="officer-link"),
]
