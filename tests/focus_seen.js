// Where the focus is: further on in the document, in sight, and drawn as focused.
() => {
  const e = document.activeElement;
  if (!e || e === document.body) return 'end';
  const name = e.outerHTML.slice(0, 90);
  if (window.last === e) return 'the focus stays on ' + name;
  if (window.last && !(window.last.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING))
    return document.querySelectorAll('*').length && window.last.contains(e) ? 'good' : 'end';
  window.last = e;
  const r = e.getBoundingClientRect();
  if (r.bottom <= 0 || r.top >= innerHeight) return 'the focus is out of sight on ' + name;
  const styles = [e, e.nextElementSibling, e.closest('.govuk-radios__item, .govuk-checkboxes__item'),
    ...e.children].filter(Boolean)
    .flatMap(x => [getComputedStyle(x), getComputedStyle(x, '::before')]);
  const drawn = styles.some(s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0)
    || s.boxShadow !== 'none');
  return drawn ? 'good' : 'the focus cannot be seen on ' + name;
}
