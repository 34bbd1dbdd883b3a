// The reading desk. Everything here eases what the page does without it.

import { enhanceDate } from "./desk/dates.js";
import "./desk/likely.js";
import { enhancePickers } from "./desk/picker.js";
import { enhanceKeys } from "./desk/row_keys.js";
import { Reader } from "./desk/reader.js";
import { replaceRegions, save } from "./desk/saving.js";
import { Meanwhile } from "./desk/meanwhile.js";
import { Suggested } from "./desk/suggested.js";

const text = document.getElementById("desk-text");
let isDirty = false;
let reader;
let suggested;

function currentForm() {
  return document.querySelector("[data-claim-form]");
}

function enhanceForm() {
  const form = currentForm();
  enhancePickers(form);
  enhanceDate(form);
  form.addEventListener("input", () => {
    isDirty = true;
  });
  form.addEventListener("kept:leaving", () => {
    isDirty = false;
  });
  form.addEventListener("submit", (event) => {
    isDirty = false;
    if (!text || !("stays" in form.dataset)) return;
    event.preventDefault();
    const meanwhile = new Meanwhile(form, reader);
    save(form, (page, saved) => showNewPage(page, saved, meanwhile), event.submitter);
  });
  if (text) enhanceQuote(form);
}

// The box of words follows the selection; words typed into it are looked for by the server instead.
function enhanceQuote(form) {
  form.addEventListener("kept:restored", ({ detail: { basis } }) => {
    // Positions count in the text on which they were chosen; in another one the words are looked for.
    if (basis !== form.elements.text_sha256.value) setPositions(form, "", "");
    showWords(form);
  });
  form.elements.quote.addEventListener("input", () => {
    setPositions(form, "", "");
    reader.clear();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") text.focus({ preventScroll: true });
  });
  for (const radio of form.querySelectorAll("[name=found]")) {
    radio.addEventListener("change", () => reader.show(...radio.value.split("-").map(Number)));
  }
}

// What the form says is selected is shown in the text.
function showWords(form) {
  const { start, end, passage } = form.elements;
  if (start.value && end.value) reader.show(Number(start.value), Number(end.value));
  else if (passage.value) showPassage(passage.value);
  else reader.clear();
}

function showPassage(id) {
  const segments = [...text.querySelectorAll(`mark[data-passages~="${CSS.escape(id)}"]`)];
  if (!segments.length) return;
  const { positions } = reader;
  const start = positions.offset(segments[0], 0);
  const last = segments[segments.length - 1];
  const end = positions.offset(last, 0) + last.textContent.length;
  reader.show(positions.points(start), positions.points(end));
}

function setPositions(form, start, end) {
  form.elements.start.value = start;
  form.elements.end.value = end;
  form.elements.passage.value = "";
  // Other words are no answer to what was suggested by these.
  if (form.elements.suggestion) form.elements.suggestion.value = "";
  form.querySelector("fieldset.candidates")?.remove();
  const same = form.querySelector("#same-words");
  if (same) forgetSpeaker(form);
  same?.remove();
}

// Who said the last words is kept for another claim by the same words, and for no others.
function forgetSpeaker(form) {
  const { speaker, speaker_words: box } = form.elements;
  if (!speaker || speaker.value !== speaker.dataset.kept || box.value !== box.defaultValue) return;
  speaker.value = "";
  box.value = "";
}

function takeWords({ start, end, exact }) {
  suggested?.forget();
  const form = currentForm();
  form.elements.quote.value = exact;
  setPositions(form, start, end);
}

// A new page must not undo what was done since the old one was sent.
async function showNewPage(page, saved, meanwhile) {
  await reader.atRest();
  meanwhile.gather(currentForm());
  reader.reload(() => replaceRegions(page));
  isDirty = !saved || meanwhile.isAny;
  enhanceForm();
  const form = currentForm();
  if (!meanwhile.hasWords) showWords(form);
  else if (reader.span) takeWords(reader.words);
  meanwhile.putBack(form);
  document.dispatchEvent(new CustomEvent("kept:answered", { detail: { form, isSaved: Boolean(saved) } }));
  form.querySelector("#desk-status").textContent = saved;
  const question = form.querySelector("[data-likely]") ?? form.querySelector("[data-question] input");
  const target = saved ? form.querySelector("[name=aspect]") : (question ?? form.querySelector("#form-errors"));
  if (!saved) target?.scrollIntoView({ block: "center" });
  if (!meanwhile.putFocusBack(form)) target?.focus({ preventScroll: Boolean(saved) });
}

// An answer to a suggestion leaves the form as it is; a new incident is only added to its choices.
async function showAnswer(page) {
  await reader.atRest();
  reader.reload(() => replaceRegions(page, ["desk-text", "desk-labels", "desk-suggestions", "desk-claims"]));
  offerIncidents(page);
}

function offerIncidents(page) {
  const form = currentForm();
  const known = new Set([...form.querySelectorAll("[name=incident]")].map((radio) => radio.value));
  const isUntouched = !isDirty && !form.elements.quote.value;
  const fresh = [...page.querySelectorAll("[data-claim-form] [name=incident]")].filter((one) => !known.has(one.value));
  const first = form.querySelector("label.choice");
  for (const radio of fresh) first.before(radio.closest("label"));
  const chosen = page.querySelector("[data-claim-form] [name=incident]:checked")?.value;
  if (!isUntouched || !chosen) return;
  for (const radio of form.querySelectorAll("[name=incident]")) radio.checked = radio.value === chosen;
}

function enhanceText() {
  reader = new Reader(text, document.getElementById("desk-scroll"), document.getElementById("desk-tools"), takeWords);
  const rows = document.getElementById("desk-suggestions");
  if (rows) suggested = new Suggested(rows, text, reader, showAnswer);
  enhanceKeys(document.getElementById("desk-keys"));
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !reader.span) return;
    event.preventDefault();
    const form = currentForm();
    if (!form.elements.incident) {
      form.elements.reason?.focus();
      return;
    }
    (form.querySelector("[name=incident]:checked") ? form.elements.aspect[0] : form.elements.incident[0]).focus();
  });
  text.addEventListener("click", (event) => {
    const ids = event.target.closest("mark")?.dataset.passages?.split(" ") ?? [];
    for (const item of document.querySelectorAll("#desk-claims li")) {
      item.classList.toggle("pointed", ids.includes(item.dataset.passage));
    }
    document.querySelector("#desk-claims li.pointed")?.scrollIntoView({ block: "nearest" });
  });
}

window.addEventListener("beforeunload", (event) => {
  if (isDirty) event.preventDefault();
});
if (text) enhanceText();
if (currentForm()) enhanceForm();
if (text && currentForm()) showWords(currentForm());
