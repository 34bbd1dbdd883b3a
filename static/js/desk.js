// The reading desk. Everything here eases what the page does without it.

import { enhanceDate } from "./desk/dates.js";
import { enhancePickers } from "./desk/picker.js";
import { Reader } from "./desk/reader.js";
import { save } from "./desk/saving.js";

const text = document.getElementById("desk-text");
let isDirty = false;
let reader;

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
  form.addEventListener("submit", (event) => {
    isDirty = false;
    if (!text) return;
    event.preventDefault();
    save(form, showNewPage);
  });
  if (text) enhanceQuote(form);
}

// The box of words follows the selection; words typed into it are looked for by the server instead.
function enhanceQuote(form) {
  form.elements.quote.addEventListener("input", () => {
    setPositions(form, "", "");
    reader.clear();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") text.focus();
  });
  for (const radio of form.querySelectorAll("[name=found]")) {
    radio.addEventListener("change", () => reader.show(...radio.value.split("-").map(Number)));
  }
  const { start, end, passage } = form.elements;
  if (start.value && end.value) reader.show(Number(start.value), Number(end.value));
  else if (passage.value) showPassage(form, passage.value);
}

function showPassage(form, id) {
  const segments = [...text.querySelectorAll(`mark[data-passages~="${CSS.escape(id)}"]`)];
  if (!segments.length) return;
  const before = document.createRange();
  before.selectNodeContents(text);
  before.setEndBefore(segments[0]);
  const start = [...before.toString()].length;
  const length = segments.reduce((sum, segment) => sum + [...segment.textContent].length, 0);
  reader.show(start, start + length);
}

function setPositions(form, start, end) {
  form.elements.start.value = start;
  form.elements.end.value = end;
  form.elements.passage.value = "";
  form.querySelector("fieldset.candidates")?.remove();
}

function takeWords({ start, end, exact }) {
  const form = currentForm();
  form.elements.quote.value = exact;
  setPositions(form, start, end);
}

function showNewPage({ saved }) {
  reader.reload();
  isDirty = !saved;
  enhanceForm();
  const form = currentForm();
  form.querySelector("#desk-status").textContent = saved;
  const target = saved ? form.querySelector("[name=aspect]") : form.querySelector("#form-errors");
  target?.focus({ preventScroll: Boolean(saved) });
}

function enhanceText() {
  reader = new Reader(text, document.getElementById("desk-scroll"), document.getElementById("desk-tools"), takeWords);
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !reader.span) return;
    event.preventDefault();
    const form = currentForm();
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
