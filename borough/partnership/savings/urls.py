"""Where the savings ledger is: below ``/partnership/savings/``."""

from django.urls import path

from borough.partnership.savings.pages import claiming, claims, evidence, public, terms, years

CLAIM, TERMS = "claims/<int:number>", "terms/<int:number>"
urlpatterns = [
    path("", years.overview, name="savings"),
    path("public", public.savings, name="savings_public"),
    path("years/<str:name>", years.year, name="savings_year"),
    path("years/<str:name>/charge", years.charge, name="savings_charge"),
    path("charges/<int:number>/reversal", years.reverse_charge, name="savings_charge_reversal"),
    path("terms", terms.versions, name="terms"),
    path("terms/new", terms.propose, name="terms_new"),
    path(TERMS, terms.version, name="terms_version"),
    path(f"{TERMS}/line", terms.add_line, name="terms_line"),
    path(f"{TERMS}/change", terms.add_change, name="terms_change"),
    path(f"{TERMS}/signature", terms.sign, name="terms_sign"),
    path("lines/<int:number>/removal", terms.leave_line_out, name="terms_line_removal"),
    path("changes/<int:number>/removal", terms.leave_change_out, name="terms_change_removal"),
    path("claims", claims.claims, name="claims"),
    path("claims/new", claiming.new, name="claim_new"),
    path(CLAIM, claims.claim, name="claim"),
    path(f"{CLAIM}/completion", claiming.complete, name="claim_completion"),
    path(f"{CLAIM}/again", claiming.again, name="claim_again"),
    path(f"{CLAIM}/method", claims.agree, name="claim_method"),
    path(f"{CLAIM}/signature", claims.sign, name="claim_sign"),
    path(f"{CLAIM}/reversal", claims.reverse_claim, name="claim_reversal"),
    path(f"{CLAIM}/dispute", claims.dispute, name="claim_dispute"),
    path("disputes/<int:number>/settlement", claims.settle, name="claim_settle"),
    path("disagreements", claims.disagreements, name="disagreements"),
    path(f"{CLAIM}/count", evidence.bring_count, name="claim_count"),
    path(f"{CLAIM}/rows", evidence.trace, name="claim_rows"),
    path(f"{CLAIM}/record", evidence.bring_record, name="claim_record"),
    path("evidence/<int:number>/signature", evidence.sign, name="claim_evidence_sign"),
]
