"""Where the shared table is: below ``/partnership/``."""

from django.urls import include, path

from borough.partnership.decisions.pages import agreement, cases, packs, public, records, sealing
from borough.partnership.history import pages as history
from borough.partnership.measures import notice_pages
from borough.partnership.measures import pages as measures
from borough.partnership.pack import pages as pack
from borough.partnership.peers import pages as peers
from borough.partnership.promises.pages import register, staff, transfers
from borough.partnership.seats import pages as seats
from borough.partnership.surveys import pages as surveys
from borough.partnership.twenty import pages as twenty
from borough.partnership.work import pages as work

app_name = "partnership"
urlpatterns = [
    path("measures", measures.measures, name="measures"),
    path("notices/<str:name>", notice_pages.shown, name="notice"),
    path("notices/<str:name>/text", notice_pages.saved, name="notice_saved"),
    path("measures/<str:slug>", measures.measure, name="measure"),
    path("measures/<str:slug>/count", measures.count, name="measure_count"),
    path("measures/<str:slug>/target", measures.propose, name="target"),
    path("counts/<int:number>/dispute", measures.dispute, name="measure_dispute"),
    path("disputes/<int:number>/settlement", measures.settle, name="dispute_settle"),
    path("targets/<int:number>/signature", measures.sign, name="target_sign"),
    path("peers", peers.peers, name="peers"),
    path("peers/new", peers.load, name="peers_load"),
    path("surveys", surveys.surveys, name="surveys"),
    path("surveys/answers", surveys.answers, name="survey_answers"),
    path("surveys/invitations/new", surveys.invite, name="survey_invite"),
    path("surveys/load/<slug:what>", surveys.load, name="survey_load"),
    path("questions/<slug:code>", surveys.question, name="question"),
    path("decisions", cases.decisions, name="decisions"),
    path("decisions/agreement", agreement.agreement, name="agreement"),
    path("decisions/new", cases.new, name="decision_new"),
    path("decisions/<int:number>", cases.case, name="decision"),
    path("decisions/<int:number>/papers/new", cases.add_paper, name="paper_new"),
    path("decisions/<int:number>/check", cases.check, name="decision_check"),
    path("decisions/<int:number>/book", cases.book, name="decision_book"),
    path("decisions/<int:number>/information", packs.freeze, name="pack"),
    path("decisions/<int:number>/comparison", sealing.comparison, name="comparison"),
    path("decisions/<int:number>/notes/new", records.note, name="decision_note"),
    path("decisions/<int:number>/record", records.record, name="record"),
    path("decisions/<int:number>/withholding", records.withhold, name="decision_withhold"),
    path("public/decisions", public.decisions, name="public_decisions"),
    path("public/decisions/file", public.file, name="public_decisions_file"),
    path("public/decisions/<int:number>", public.decision, name="public_decision"),
    path("papers/<int:number>", cases.paper, name="paper"),
    path("information/<int:number>/reading", packs.read, name="pack_read"),
    path("information/<int:number>/round", packs.again, name="round_again"),
    path("information/<int:number>/position", sealing.position, name="position"),
    path("information/<int:number>/position/form", sealing.blank, name="position_blank"),
    path("information/<int:number>/position/file", sealing.hand_in, name="hand_in"),
    path("twenty", twenty.twenty, name="twenty"),
    path("twenty/seed", twenty.tell, name="twenty_tell"),
    path("twenty/<int:number>", twenty.draw, name="twenty_draw"),
    path("twenty/<int:number>/cases", twenty.draw_cases, name="twenty_cases"),
    path("twenty/<int:number>/round", twenty.again, name="twenty_again"),
    path("twenty/<int:number>/check", twenty.check, name="twenty_check"),
    path("twenty/<int:number>/book", twenty.book, name="twenty_book"),
    path("twenty/<int:number>/answers", twenty.answer, name="twenty_answer"),
    path("records/<int:number>", records.sign, name="record_sign"),
    path("promises", register.register_page, name="promises"),
    path("promises/new", register.propose, name="promise_new"),
    path("promises/<int:number>", register.promise, name="promise"),
    path("promises/<int:number>/signature", register.sign, name="promise_sign"),
    path("promises/<int:number>/drop", register.drop, name="promise_drop"),
    path("promises/<int:number>/evidence/new", register.record, name="evidence_new"),
    path("evidence/<int:number>/signature", register.sign_record, name="evidence_sign"),
    path("staff", staff.staff, name="staff"),
    path("staff/list", staff.rows, name="staff_rows"),
    path("staff/new", staff.work, name="staff_new"),
    path("staff/load/<slug:what>", staff.load, name="staff_load"),
    path("staff/posts/<int:number>/end", staff.leave, name="staff_leave"),
    path("transfers", transfers.transfers, name="transfers"),
    path("transfers/new", transfers.new, name="transfer_new"),
    path("transfers/<int:number>", transfers.transfer, name="transfer"),
    path("transfers/<int:number>/<slug:step>", transfers.tick, name="transfer_step"),
    path("work", work.work, name="work"),
    path("work/load/<slug:what>", work.load, name="work_load"),
    path("work/<slug:kind>", work.items, name="work_items"),
    path("years", history.history, name="history"),
    path("savings/", include("borough.partnership.savings.urls")),
    path("", include("borough.partnership.next_year.urls")),
    path("", include("borough.partnership.register.urls")),
    path("pack", pack.packs, name="packs"),
    path("pack/new", pack.make, name="pack_new"),
    path("pack/<int:number>", pack.pdf, name="pack_pdf"),
    path("seats", seats.seats, name="seats"),
    path("seats/new", seats.give, name="seat"),
    path("seats/<int:number>/end", seats.end, name="seat_end"),
]
