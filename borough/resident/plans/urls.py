"""Where budgets, joint plans and the fund are: below ``/residents/<number>/``."""

from django.urls import path

from borough.resident.plans.pages import held, no_room, plans, proposals, statements

app_name = "plans"
urlpatterns = [
    path("<int:number>/budget", statements.budget, name="budget"),
    path("<int:number>/statement", statements.statement, name="statement"),
    path("<int:number>/plan", proposals.proposal, name="proposal"),
    path("<int:number>/no-plan", no_room.no_room, name="no_room"),
    path("<int:number>/plan/agreement", plans.agreement, name="agreement"),
    path("<int:number>/plan/agreed", plans.plan, name="plan"),
    path("plans/held", held.held, name="held"),
    path("plans/held/<slug:source>", held.remit, name="remit"),
    path("plans/remittances/<int:number>", held.remittance, name="remittance"),
    path("plans/remittances/<int:number>/grant", held.grant, name="remittance_grant"),
    path("plans/remittances/<int:number>/drop", held.drop, name="remittance_drop"),
    path("plans/remittances/<int:number>/list", held.listed, name="remittance_list"),
    path("plans/<int:number>/ending", plans.ending, name="ending"),
]
