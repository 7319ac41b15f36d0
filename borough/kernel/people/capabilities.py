from borough.kernel.joining import Capability

FIND_PEOPLE = Capability("kernel.find_people", "search for people, addresses and accounts")
SEE_PERSON = Capability("kernel.see_person", "open a resident's page for a stated purpose")
RECORD_PERSON = Capability("kernel.record_person", "record a person's name and how to reach them")

ALL = (FIND_PEOPLE, SEE_PERSON, RECORD_PERSON)
