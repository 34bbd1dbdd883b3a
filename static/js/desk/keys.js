// One key for a link: `data-key` names it. Keys that are typed into a field stay there.

import { latinKey } from "./latin.js";

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, button, [role=listbox], [data-likely]")) return;
  const link = document.querySelector(`a[data-key="${CSS.escape(latinKey(event))}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
