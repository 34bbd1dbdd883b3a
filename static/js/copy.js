// Beside each element with data-copy: a button that copies its value. Without scripts the text can be selected as ever.

for (const element of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet copy no-print";
  button.textContent = element.dataset.copyLabel;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "small";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(element.dataset.copy);
      said.textContent = element.dataset.copiedLabel;
    } catch {
      getSelection().selectAllChildren(element);
    }
  });
  (element.closest("p") ?? element).after(button, said);
}
