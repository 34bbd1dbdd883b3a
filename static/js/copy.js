// Beside each element with data-copy: a button that copies its value, or else the element's own text.
// Without scripts the text can be selected as ever.

for (const element of document.querySelectorAll("[data-copy]")) {
  const { copy, copyLabel, copyName, copiedLabel } = element.dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet copy no-print";
  button.textContent = copyLabel;
  if (copyName) {
    button.setAttribute("aria-label", copyName);
  }
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "small";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(copy || element.textContent.trim());
      said.textContent = copiedLabel;
    } catch {
      getSelection().selectAllChildren(element);
    }
  });
  (element.closest("p") ?? element).after(button, said);
}
