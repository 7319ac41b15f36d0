// Which controls no Tab came to. One radio button of a group is enough: arrows move in the group.
(tabbable) => {
  const seen = window.focusSeen;
  const group = (e) => (e.type === "radio" ? e.form?.id + "/" + e.name : null);
  const reached = new Set(seen.map(group).filter(Boolean));
  return [...document.querySelectorAll(tabbable)]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.tabIndex >= 0)
    .filter((e) => !seen.includes(e) && !reached.has(group(e)))
    .map((e) => e.outerHTML.slice(0, 90));
}
