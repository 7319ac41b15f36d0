// A slider beside the box for an amount. The figures are the server's: the same page is asked for
// with the amount, and the parts marked data-live are taken from its answer.
for (const form of document.querySelectorAll("form[data-slider]")) {
  const box = form.querySelector("input[type=text]");
  const slider = document.createElement("input");
  let asking = new AbortController();
  slider.type = "range";
  slider.className = "borough-slider";
  slider.min = "1";
  slider.max = form.dataset.slider;
  slider.value = box.value.replaceAll(",", "");
  slider.setAttribute("aria-label", "How much in a month, in pounds");
  box.closest(".govuk-form-group").append(slider);
  slider.addEventListener("input", () => { box.value = `${slider.value}.00`; });
  slider.addEventListener("change", ask);
  box.addEventListener("input", () => { slider.value = box.value.replaceAll(",", ""); });
  form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });

  async function ask() {
    asking.abort();
    asking = new AbortController();
    const address = `${location.pathname}?${new URLSearchParams(new FormData(form))}`;
    try {
      const answer = await fetch(address, { signal: asking.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = [...document.querySelectorAll("[data-live]")].map((part) => [
        part, page.querySelector(`[data-live="${part.dataset.live}"]`),
      ]);
      const wrong = page.querySelector(".govuk-error-summary");
      if (!answer.ok || wrong || found.some(([, now]) => !now)) throw new Error("another page");
      for (const [part, now] of found) part.replaceChildren(...now.childNodes);
    } catch (error) {
      if (error.name !== "AbortError") form.submit();
    }
  }
}
