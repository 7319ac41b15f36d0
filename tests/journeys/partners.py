"""Both partners at their browsers: signing in, pressing, following, and filling in days."""

from tests import browsing, officers


def signed_in(page: browsing.Page, server: str, name: str) -> browsing.Page:
    page.goto(f"{server}/accounts/login/")
    page.get_by_label("Email address").fill(f"{name}@example.org")
    page.get_by_label("Password", exact=True).fill(officers.PASSWORD)
    press(page, "Sign in")
    return page


def press(page: browsing.Page, button: str) -> None:
    browsing.go(page, page.get_by_role("button", name=button))


def follow(page: browsing.Page, link: str) -> None:
    browsing.go(page, page.get_by_role("link", name=link).first)


def fill_day(page: browsing.Page, group: str, words: str) -> None:
    boxes = page.get_by_role("group", name=group)
    for label, word in zip(("Day", "Month", "Year"), words.split(), strict=True):
        boxes.get_by_label(label).fill(word)
