"""Where budgets, joint plans and the fund are: below ``/residents/<number>/``."""

from django.urls import path

from borough.resident.plans.pages import statements

app_name = "plans"
urlpatterns = [
    path("<int:number>/budget", statements.budget, name="budget"),
    path("<int:number>/statement", statements.statement, name="statement"),
]
