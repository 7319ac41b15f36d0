"""Where the register of contracts is: below ``/partnership/contracts`` and ``/public``."""

from django.urls import path

from borough.partnership.register.pages import contracts, health, leaving, public

CONTRACT = "contracts/<int:number>"
urlpatterns = [
    path("leaving", leaving.leaving, name="leaving"),
    path("health", health.health, name="health"),
    path("contracts", contracts.contracts, name="contracts"),
    path("contracts/new", contracts.enter, name="contract_new"),
    path("contracts/load", contracts.load, name="contracts_load"),
    path(CONTRACT, contracts.contract, name="contract"),
    path(f"{CONTRACT}/amendment", contracts.amend, name="contract_amendment"),
    path("public/contracts", public.register, name="contracts_public"),
    path("public/contracts/open", public.open_contracting, name="contracts_open"),
    path("public/contracts/list", public.file, name="contracts_file"),
    path(f"public/{CONTRACT}", public.contract, name="contract_public"),
]
