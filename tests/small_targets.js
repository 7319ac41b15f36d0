// Which targets are too small (WCAG 2.2, 2.5.8). A small one passes when a circle of 24 px around
// its middle meets no other target; a link within a sentence is excepted by the criterion itself.
() => {
  const shown = e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length;
  const within = e => getComputedStyle(e).display === 'inline' && e.parentElement
    && [...e.parentElement.childNodes].some(n => n.nodeType === 3 && n.textContent.trim().length > 1);
  const box = e => {
    const label = e.labels && e.labels[0];
    const r = e.getBoundingClientRect();
    if (!label || !['radio', 'checkbox'].includes(e.type)) return r;
    const l = label.getBoundingClientRect();
    return {x: Math.min(r.x, l.x), y: Math.min(r.y, l.y),
            width: Math.max(r.right, l.right) - Math.min(r.x, l.x),
            height: Math.max(r.bottom, l.bottom) - Math.min(r.y, l.y)};
  };
  const targets = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, '
    + 'textarea, summary')].filter(shown).map(e => ({e, r: box(e)}))
    .filter(t => t.r.width > 1 && t.r.height > 1);
  const near = (t, u) => {
    const x = t.r.x + t.r.width / 2, y = t.r.y + t.r.height / 2;
    const dx = Math.max(u.r.x - x, 0, x - u.r.x - u.r.width);
    const dy = Math.max(u.r.y - y, 0, y - u.r.y - u.r.height);
    return Math.hypot(dx, dy) < 12;
  };
  return targets.filter(t => (t.r.width < 24 || t.r.height < 24) && !within(t.e)
      && targets.some(u => u.e !== t.e && !u.e.contains(t.e) && !t.e.contains(u.e) && near(t, u)))
    .map(t => `${t.e.outerHTML.slice(0, 90)} ${t.r.width}x${t.r.height}`);
}
