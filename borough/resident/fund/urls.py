"""Where the hardship fund is: below ``/residents/``."""

from django.urls import path

from borough.resident.fund.pages import applications, asking, fund

app_name = "fund"
urlpatterns = [
    path("fund", fund.fund, name="fund"),
    path("fund/quarter", fund.quarter, name="quarter"),
    path("<int:number>/fund", asking.asking, name="asking"),
    path("fund/<int:number>", applications.application, name="application"),
    path("fund/<int:number>/test", applications.test, name="test"),
    path("fund/<int:number>/award", applications.award, name="award"),
    path("fund/<int:number>/agreement", applications.agreement, name="agreement"),
    path("fund/<int:number>/refusal", applications.refusal, name="refusal"),
    path("fund/<int:number>/review", applications.review, name="review"),
    path("fund/<int:number>/withdrawal", applications.withdrawal, name="withdrawal"),
    path("fund/<int:number>/reversal", applications.reversal, name="reversal"),
    path("fund/<int:number>/payment", applications.payment, name="payment"),
]
