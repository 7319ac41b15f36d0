"""Where the bank's desk is: below ``/bank/``."""

from django.urls import path

from borough.kernel.bank.pages import confirmations, payments, statements, suspense

app_name = "bank"
urlpatterns = [
    path("statements", statements.statements_page, name="statements"),
    path("statements/<int:number>", statements.statement, name="statement"),
    path("details", confirmations.confirmations, name="confirmations"),
    path("payments", payments.payments, name="payments"),
    path("payments/sending/<int:count>/<int:pence>", payments.send, name="send"),
    path("payments/files/<int:number>", payments.file, name="payment_file"),
    path("suspense", suspense.suspense, name="suspense"),
    path("statements/rows/<int:number>", statements.row, name="row"),
    path("entries/<int:number>", suspense.entry, name="entry"),
    path("entries/<int:number>/account", suspense.place, name="place"),
    path("entries/<int:number>/payments/<int:payment>", suspense.came_back, name="came_back"),
    path("entries/<int:number>/paid-out", suspense.paid_out, name="paid_out"),
    path("entries/<int:number>/posting", suspense.take_up, name="take_up"),
]
