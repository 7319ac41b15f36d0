"""Where the pages of recovery are, below ``/revenues/``."""

from django.urls import path

from borough.lines.revenues.pages import (
    account_recovery,
    costs,
    court,
    holds,
    recovery,
    unwritten,
)

ACCOUNT = "accounts/<str:reference>"

urlpatterns = [
    path("recovery", recovery.recoveries, name="recoveries"),
    path("recovery/previews/<int:number>", recovery.preview, name="recovery_preview"),
    path("recovery/runs/<int:number>", recovery.run, name="recovery_run"),
    path("recovery/unwritten", unwritten.unwritten, name="unwritten"),
    path("hearings", court.hearings, name="hearings"),
    path("hearings/<str:day>", court.hearing, name="hearing"),
    path("hearings/<str:day>/list", court.court_list, name="court_list"),
    path(f"{ACCOUNT}/recovery", account_recovery.account_recovery, name="account_recovery"),
    path(f"{ACCOUNT}/costs/<str:year>/payment", costs.payment, name="costs_payment"),
    path(f"{ACCOUNT}/hold", holds.hold, name="hold"),
    path(f"{ACCOUNT}/statutory-hold", holds.statutory_hold, name="statutory_hold"),
    path(
        f"{ACCOUNT}/notices/<str:year>/withdrawal", unwritten.withdrawal, name="notice_withdrawal"
    ),
    path(f"{ACCOUNT}/summons/<str:year>/withdrawal", court.withdrawal, name="withdrawal"),
    path(f"{ACCOUNT}/summons/<str:year>/adjournment", court.adjournment, name="adjournment"),
    path(f"{ACCOUNT}/summons/<str:year>/refusal", court.refusal, name="refusal"),
]
