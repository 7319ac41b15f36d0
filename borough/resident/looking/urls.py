"""Who looked, which officers are residents, and what was opened in an emergency."""

from django.urls import path

from borough.resident.looking.pages import emergencies, keeping, looks, residents

urlpatterns = [
    path("kept", keeping.past, name="kept"),
    path("kept/<slug:what>", keeping.erase, name="erase"),
    path("looks", looks.waiting, name="looks-to-review"),
    path("looks/<int:look>", looks.review, name="look-review"),
    path("officers", residents.officers, name="officer-residents"),
    path("officers/<int:number>", residents.say, name="officer-resident"),
    path("officers/said/<int:number>", residents.agree, name="officer-resident-agree"),
    path("<int:number>/emergency", emergencies.open_record, name="resident-emergency"),
    path("emergencies", emergencies.waiting, name="emergencies"),
    path("emergencies/<int:number>", emergencies.review, name="emergency-review"),
]
