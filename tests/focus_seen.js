// Where the focus is after a Tab: further on in the document, in sight, and drawn as focused.
// The first call only begins: it remembers which controls there are.
(begin) => {
  if (begin) {
    // Tab goes on from where the focus was, so that is brought to the very top first.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    window.scrollTo(0, 0);
    window.focusSeen = [];
    return "begun";
  }
  const seen = window.focusSeen;
  const element = document.activeElement;
  if (!element || element === document.body || element === seen[0]) return "end";
  const name = element.outerHTML.slice(0, 90);
  const last = seen.at(-1);
  if (last === element) return "the focus stays on " + name;
  if (last && !(last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING))
    return "the focus goes back to " + name;
  seen.push(element);
  const box = element.getBoundingClientRect();
  if (box.bottom <= 0 || box.top >= innerHeight) return "the focus is out of sight on " + name;
  const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.y + box.height / 2, 1), innerHeight - 1);
  const above = document.elementFromPoint(x, y);
  const covers = above && ["fixed", "sticky"].includes(getComputedStyle(above).position);
  if (covers && !above.contains(element) && !element.contains(above))
    return "the focus is covered on " + name;
  const item = element.closest(".govuk-radios__item, .govuk-checkboxes__item");
  const styles = [element, element.nextElementSibling, item, ...element.children]
    .filter(Boolean)
    .flatMap((each) => [getComputedStyle(each), getComputedStyle(each, "::before")]);
  const drawn = styles.some(
    (style) =>
      (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) ||
      style.boxShadow !== "none",
  );
  return drawn ? "good" : "the focus cannot be seen on " + name;
}
