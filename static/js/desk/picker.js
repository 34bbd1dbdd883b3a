// A box of words for one of very many rows. Without this script the server looks the words up.

import { Combobox } from "../combobox.js";
import { words } from "./words.js";

export function enhancePickers(root) {
  for (const picker of root.querySelectorAll("[data-picker]")) new Picker(picker);
}

class Picker extends Combobox {
  constructor(element) {
    super(element.querySelector('input[type="text"]'), { className: "picker-list", label: words("suggestions") });
    this.element = element;
    this.input.addEventListener("input", () => {
      this.value = "";
    });
  }

  get preferred() {
    return 0;
  }

  address(typed) {
    return `${this.element.dataset.url}?q=${encodeURIComponent(typed)}`;
  }

  choose(option) {
    this.value = option.value;
    super.choose(option);
  }

  /** What the form sends; candidates that the server offered as radio buttons give way to it. */
  set value(value) {
    this.element.querySelector(".candidates")?.remove();
    let hidden = this.element.querySelector("[data-picker-value]");
    if (!hidden) {
      hidden = Object.assign(document.createElement("input"), { type: "hidden" });
      hidden.name = this.input.name.replace(/_words$/, "");
      hidden.dataset.pickerValue = "";
      hidden.dataset.kept = "";
      this.element.prepend(hidden);
    }
    hidden.value = value;
  }
}
