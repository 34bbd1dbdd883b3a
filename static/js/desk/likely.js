// Answers "Is it one of these?" by one key, while the question has the focus.

import { latinKey } from "./latin.js";

document.addEventListener("keydown", (event) => {
  const question = event.target.closest?.("[data-likely]");
  if (!question || event.ctrlKey || event.altKey || event.metaKey) return;
  const answer = question.querySelector(`button[aria-keyshortcuts="${CSS.escape(latinKey(event).toLowerCase())}"]`);
  if (!answer) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  answer.click();
});
