"""The pages of early worries and of the support team; below the residents' own."""

from django.urls import path

from borough.resident.signals.pages import cases, queue

urlpatterns = [
    path("support-queue", queue.overview, name="support-queue"),
    path("support-queue/look", queue.look, name="support-look"),
    path("support-queue/capacity", queue.capacity, name="support-capacity"),
    path("support-queue/<str:day>/<int:page>", queue.waiting, name="support-queue-day"),
    path("support-messages", queue.messages_today, name="support-messages"),
    path("support-messages/<str:day>/<int:page>", queue.messages, name="support-messages-day"),
    path("support-cases/pages/<int:page>", cases.cases, name="support-cases"),
    path("support-cases/<int:case>", cases.case, name="support-case"),
    path("support-cases/<int:case>/contact", cases.contact, name="support-case-contact"),
    path("support-cases/<int:case>/review", cases.review, name="support-case-review"),
    path("support-cases/<int:case>/closing", cases.close, name="support-case-close"),
    path("<int:number>/support-case", cases.take, name="resident-support-case"),
]
