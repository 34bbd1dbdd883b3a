// Says while typing what a date means, and offers what may have been meant.

const PAUSE = 250;

export function enhanceDate(form) {
  const input = form.elements.occurred_edtf;
  const hint = form.querySelector("#date-hint");
  if (!input || !hint) return;
  const explained = hint.textContent;
  let timer;
  const ask = async (words) => {
    const part = form.elements.part_of_day?.value ?? "";
    const query = new URLSearchParams({ q: words, part_of_day: part, article: hint.dataset.article ?? "" });
    const response = await fetch(`${hint.dataset.url}?${query}`, { headers: { Accept: "application/json" } });
    return response.ok ? response.json() : {};
  };
  const look = async () => {
    const typed = input.value.trim();
    const quote = form.elements.quote?.value.trim() ?? "";
    try {
      if (typed) show(hint, await ask(typed), take);
      // Words such as "Wednesday night", when they are all that is selected, suggest their date.
      else if (quote && quote.length <= 60) show(hint, { ...(await ask(quote)), problem: "" }, take, explained);
      else hint.textContent = explained;
    } catch {
      hint.textContent = explained;
    }
  };
  const take = (edtf) => {
    input.value = edtf;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  };
  input.addEventListener("input", soon);
  form.elements.part_of_day?.addEventListener("change", soon);
  for (const radio of form.querySelectorAll("[name=aspect]")) radio.addEventListener("change", soon);
  if (input.value) look();
}

function show(hint, answer, take, otherwise = "") {
  if (answer.reading) {
    hint.textContent = answer.reading;
    return;
  }
  hint.textContent = answer.problem || otherwise;
  for (const { edtf, reading } of answer.suggestions ?? []) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "suggestion" });
    button.textContent = `${edtf}: ${reading}`;
    button.addEventListener("click", () => take(edtf));
    hint.append(" ", button);
  }
}
