// Answers "Is it one of these?" by one key, while the question has the focus.

document.addEventListener("keydown", (event) => {
  const question = event.target.closest?.("[data-likely]");
  if (!question || event.ctrlKey || event.altKey || event.metaKey) return;
  const answer = question.querySelector(`button[aria-keyshortcuts="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!answer) return;
  event.preventDefault();
  answer.click();
});
