// Autocomplete over a box of words (the combobox pattern of the ARIA guide). Without it the server looks the words up.

const PAUSE = 150;
let count = 0;

export function enhancePickers(root) {
  for (const picker of root.querySelectorAll("[data-picker]")) new Picker(picker);
}

class Picker {
  constructor(element) {
    this.element = element;
    this.input = element.querySelector('input[type="text"]');
    this.options = [];
    this.active = -1;
    count += 1;
    this.list = document.createElement("ul");
    this.list.id = `picker-list-${count}`;
    this.list.className = "picker-list";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggestions");
    this.list.hidden = true;
    element.append(this.list);
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    this.close();
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => {
      this.value = "";
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), PAUSE);
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    // Before the box loses the focus, which would close the list.
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const item = event.target.closest("[role=option]");
      if (item) this.choose([...this.list.children].indexOf(item));
    });
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

  async look() {
    const words = this.input.value.trim();
    if (!words) {
      this.close();
      return;
    }
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const address = `${this.element.dataset.url}?q=${encodeURIComponent(words)}`;
      const response = await fetch(address, { signal: this.asked.signal, headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(String(response.status));
      this.offer((await response.json()).options);
    } catch {
      this.close();
    }
  }

  offer(options) {
    this.options = options;
    this.list.replaceChildren(...options.map((option, index) => this.item(option, index)));
    this.activate(-1);
    const isOpen = options.length > 0 && document.activeElement === this.input;
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  item(option, index) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const label = Object.assign(document.createElement("span"), { textContent: option.label, dir: "auto" });
    const detail = Object.assign(document.createElement("small"), { textContent: option.detail, dir: "auto" });
    item.append(label, " ", detail);
    return item;
  }

  key(event) {
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) this.look();
      else this.activate((this.active + (event.key === "ArrowDown" ? 1 : -1) + this.options.length) % this.options.length);
    } else if (event.key === "Enter" && isOpen) {
      event.preventDefault();
      this.choose(Math.max(this.active, 0));
    } else if (event.key === "Escape" && isOpen) {
      event.stopPropagation();
      this.close();
    }
  }

  activate(index) {
    this.active = index;
    [...this.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    const item = this.list.children[index];
    if (item) this.input.setAttribute("aria-activedescendant", item.id);
    else this.input.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  }

  choose(index) {
    const option = this.options[index];
    if (!option) return;
    this.value = option.value;
    this.input.value = option.label;
    this.close();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
