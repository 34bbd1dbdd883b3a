// Names of places under the boxes for them, while somebody types. Without this script the server reads what was typed.

import { Combobox } from "./combobox.js";

class PlaceBox extends Combobox {
  fewest = 2;

  constructor(field, input, status) {
    super(input, { className: "suggestions", label: field.dataset.suggestions });
    this.url = field.dataset.places;
    this.status = status;
  }

  address(words) {
    return `${this.url}?q=${encodeURIComponent(words)}`;
  }

  suggest({ places }) {
    return places.map(({ name, spelling, within }) => ({ label: name, spelling, detail: within }));
  }

  item(option, index) {
    const item = super.item(option, index);
    if (option.spelling) {
      const spelling = Object.assign(document.createElement("i"), { textContent: option.spelling, dir: "auto" });
      item.firstChild.after(" ", spelling);
    }
    return item;
  }

  say({ said }) {
    this.status.textContent = said;
  }

  close() {
    super.close();
    if (this.status) this.status.textContent = "";
  }
}

for (const field of document.querySelectorAll("[data-places]")) {
  const status = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  status.setAttribute("role", "status");
  field.append(status);
  for (const input of field.querySelectorAll("input")) new PlaceBox(field, input, status);
}
