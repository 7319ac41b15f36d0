"""Ideas from anybody: acknowledged, sorted, joined, answered, and asked about by a reference."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.test import Client

from borough.kernel.facts.models import Fact
from borough.lines.change import capabilities, models, references, waiting
from borough.lines.change.commands import ideas as commands
from borough.lines.change.queries import ideas as queries
from borough.lines.change.queries import measures
from tests import makers, markup, officers
from tests.change import change_makers

pytestmark = pytest.mark.django_db
TODAY = change_makers.TODAY
ANSWER = {"outcome": models.Answer.Outcome.NO, "words": "It costs too much.", "initiative": None}


@pytest.fixture(autouse=True)
def fresh_counts():
    cache.clear()  # attempts are counted there


def sort(idea: models.Idea, *, on: date = TODAY) -> None:
    theme = models.Theme.SERVICE
    commands.sort(idea=idea, theme=theme, by=makers.everything(), on=on)


def answer(idea: models.Idea, *, on: date = TODAY, **told: object) -> models.Answer:
    return commands.answer(idea=idea, **ANSWER | told, by=makers.everything(), on=on)


def join(idea: models.Idea, into: models.Idea) -> models.Joining:
    return commands.join(idea=idea, into=into, by=makers.everything(), on=TODAY)


def sent_by(client: Client, **told: str):
    answers = {"title": "Shorter letters", "words": "Please.", "source": "resident"}
    return client.post("/change/idea", officers.posted(**answers | told), follow=True)


def test_a_reference_is_read_out_and_typed_in_any_way():
    reference = references.new()
    assert references.tidy(f" {reference.lower().replace('-', ' ')} ") == reference
    assert not set("01IO") & set(references.LETTERS)


def test_an_idea_goes_from_new_to_answered():
    idea = change_makers.an_idea()
    assert queries.card(idea).state == queries.State.NEW
    with pytest.raises(commands.NotRead):
        answer(idea)
    sort(idea)
    assert queries.card(idea).state == queries.State.SORTED
    answer(idea)
    answer(idea, outcome=models.Answer.Outcome.LATER, words="Perhaps next year.")
    card = queries.card(idea)
    assert (card.state, card.answer.words) == (queries.State.ANSWERED, "Perhaps next year.")


def test_what_was_joined_is_answered_with_its_head():
    first, second, third = (change_makers.an_idea(str(number)) for number in range(3))
    join(second, first)
    join(third, second)
    assert queries.card(third).head == first, "joined to the head, not to the one in between"
    sort(first)
    answer(first)
    assert {queries.card(one).answer.words for one in (first, second, third)} == {ANSWER["words"]}
    with pytest.raises(commands.AlreadyJoined):
        answer(second)
    with pytest.raises(commands.AlreadyJoined):
        join(second, first)


def test_no_idea_is_joined_in_a_ring():
    first, second = change_makers.an_idea("1"), change_makers.an_idea("2")
    join(second, first)
    for one in (first, second):
        with pytest.raises(commands.LikeItself):
            join(first, one)


def test_only_what_is_taken_up_has_an_initiative():
    idea = change_makers.an_idea()
    sort(idea)
    initiative = change_makers.an_initiative()
    with pytest.raises(commands.NoInitiative):
        answer(idea, initiative=initiative)
    answer(idea, outcome=models.Answer.Outcome.TAKEN_UP, initiative=initiative)


def test_words_that_name_somebody_go_and_the_idea_stays_counted():
    idea = change_makers.an_idea()
    commands.remove_words(idea=idea, by=makers.everything(), on=TODAY)
    assert queries.card(models.Idea.objects.get(pk=idea.pk)).title == queries.GONE
    with pytest.raises(commands.AlreadyRemoved):
        commands.remove_words(idea=idea, by=makers.everything(), on=TODAY)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        models.Idea.objects.all().delete()


def test_no_words_of_anybody_reach_a_fact():
    idea = change_makers.an_idea("Fire Ann Example")
    sort(idea)
    answer(idea, words="No, Ann stays.")
    told = [str(one.detail) for one in Fact.objects.filter(thing=idea.thing)]
    assert len(told) == 3
    assert not any("Ann" in one for one in told)


def test_a_flood_from_machines_ends():
    change_makers.an_idea()
    commands_most, commands.MOST_A_DAY = commands.MOST_A_DAY, 1
    try:
        with pytest.raises(commands.TooManyToday):
            change_makers.an_idea()
    finally:
        commands.MOST_A_DAY = commands_most


def test_ideas_count_as_answered_by_the_first_answer_in_time():
    # 20 working days after Monday 3 February 2025 is Monday 3 March.
    late, in_time, joined = (change_makers.an_idea(on=date(2025, 2, 3)) for _ in range(3))
    change_makers.an_idea(on=date(2025, 2, 20))  # not due by 10 March
    assert queries.card(late).answer_by == date(2025, 3, 3)
    for one in (late, in_time):
        sort(one, on=date(2025, 2, 4))
    answer(in_time, on=date(2025, 3, 3))
    commands.join(idea=joined, into=in_time, by=makers.everything(), on=date(2025, 2, 10))
    answer(late, on=date(2025, 3, 4))
    assert measures.ideas_answered(change_makers.YEAR, TODAY) == (2, 3)
    assert measures.ideas_answered(change_makers.YEAR, date(2025, 3, 2)) is None


def test_anybody_sends_an_idea_and_asks_what_became_of_it():
    client = Client()
    asked = client.get("/change/idea").content.decode()
    markup.check(asked)
    assert "name nobody" in asked
    shown = sent_by(client).content.decode()
    markup.check(shown)
    idea = models.Idea.objects.get()
    assert idea.reference in shown
    assert (idea.by, idea.source) == ("system/public-page/anybody", "resident")
    sort(idea)
    answer(idea, words="Not this year: it costs too much.")
    found = client.post("/change/idea/outcome", {"reference": idea.reference.lower()})
    markup.check(found.content.decode())
    assert "it costs too much" in found.content.decode()
    wrong = client.post("/change/idea/outcome", {"reference": "AAAA-AAAA"}).content.decode()
    assert "We have no idea with this reference" in wrong
    assert idea.words.words not in wrong


def test_the_same_form_sent_twice_is_one_idea():
    client, answers = Client(), officers.posted(title="a", words="b", source="staff")
    for _ in range(2):
        assert client.post("/change/idea", answers).status_code == 302
    assert models.Idea.objects.count() == 1


def test_a_form_with_a_mistake_keeps_what_was_typed():
    page = Client().post("/change/idea", officers.posted(title="My dear idea", words=""))
    text = page.content.decode()
    markup.check(text, in_error=True)
    assert "My dear idea" in text
    assert models.Idea.objects.count() == 0


def test_who_sends_many_within_an_hour_is_asked_to_wait(settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "change_idea": "2/h/ip"}
    client = Client()
    texts = [sent_by(client).content.decode() for _ in range(3)]
    assert models.Idea.objects.count() == 2
    assert "Please try again in an hour" in texts[-1]


def test_officers_read_sort_and_answer_on_their_pages():
    idea = change_makers.an_idea()
    dee = officers.an_officer("Dee Example", capabilities.SEE_CHANGE, capabilities.SORT_IDEAS)
    visitor = officers.a_visitor(dee)
    for name, told in (
        ("theme", {"theme": "service"}),
        ("answer", {"outcome": "later", "words": "Next year.", "initiative": ""}),
    ):
        form = visitor.get(f"/change/ideas/{idea.pk}/{name}")
        markup.check(form.content.decode())
        posted = visitor.post(f"/change/ideas/{idea.pk}/{name}", officers.posted(**told))
        assert posted.status_code == 302, posted.content.decode()
    shown = visitor.get(f"/change/ideas/{idea.pk}").content.decode()
    markup.check(shown)
    assert "Next year." in shown
    listed = visitor.get("/change/ideas?state=answered").content.decode()
    markup.check(listed)
    assert "Shorter letters" in listed
    assert "Shorter letters" not in visitor.get("/change/ideas?state=new").content.decode()


def test_an_officer_sends_one_under_their_name():
    tom = officers.an_officer("Tom Example", capabilities.SEND_IDEA)
    told = officers.posted(title="One counter", words="One queue.")
    officers.a_visitor(tom).post("/change/ideas/new", told)
    assert models.Idea.objects.get().by == tom.reference


def test_ideas_wait_on_the_home_page_of_who_answers_them():
    change_makers.an_idea()
    change_makers.an_idea()
    [one] = waiting.waits(makers.everything(), TODAY)
    assert one.text == "Answer 2 ideas, the first by 7 April 2025"
    assert waiting.waits(makers.nobody(), TODAY) == []


def test_residents_find_the_door_at_their_own():
    text = Client().get("/my/sign-in").content.decode()
    assert 'href="/change/idea"' in text
