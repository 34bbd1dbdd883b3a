// A field with data-takes-selection takes the words that are selected in the element of that id.

for (const field of document.querySelectorAll("[data-takes-selection]")) {
  const text = document.getElementById(field.dataset.takesSelection);
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const words = selection.toString().trim();
    if (words && text?.contains(selection.anchorNode) && text.contains(selection.focusNode)) {
      field.value = words;
    }
  });
}
