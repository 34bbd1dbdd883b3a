// Suggestions under a box of words: the combobox of the ARIA guide, a list with manual selection. Boxes that somebody
// fills in say what an answer means: see `suggest`, `choose` and `say` below.

const PAUSE = 150;
let count = 0;

export class Combobox {
  constructor(input, { className, label }) {
    this.input = input;
    this.options = [];
    this.active = -1;
    count += 1;
    this.list = document.createElement("ul");
    this.list.id = `suggestions-${count}`;
    this.list.className = className;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", label);
    this.list.hidden = true;
    input.after(this.list);
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    this.close();
    this.listen();
  }

  /** The fewest letters that are worth a question. */
  fewest = 1;

  /** Where the suggestions for these words are. */
  address(words) {
    throw new Error(`no suggestions for ${words}`);
  }

  /** What of an answer is offered: `{ label, detail }` each, and whatever `choose` needs. */
  suggest(answer) {
    return answer.options;
  }

  /** What is done with the option that was chosen. */
  choose(option) {
    this.input.value = option.label;
  }

  /** Tell readers who do not see the list what is in it. */
  say() {}

  /** The option that Enter takes where none was moved to; without one it does what it does in any box. */
  get preferred() {
    return -1;
  }

  listen() {
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.asked?.abort(); // an answer to other letters would come too late
      this.activate(-1);
      this.timer = setTimeout(() => this.look(), PAUSE);
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    // The box would lose the focus, which closes the list.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) this.take([...this.list.children].indexOf(item));
    });
  }

  async look() {
    const words = this.input.value.trim();
    this.asked?.abort();
    if ((words.match(/[\p{L}\p{N}]/gu) ?? []).length < this.fewest) {
      this.close();
      return;
    }
    const asked = new AbortController();
    this.asked = asked;
    let answer;
    try {
      const response = await fetch(this.address(words), { signal: asked.signal, headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(String(response.status));
      answer = await response.json();
    } catch {
      if (!asked.signal.aborted) this.close(); // the box does without
      return;
    }
    if (!asked.signal.aborted) this.offer(this.suggest(answer), answer);
  }

  offer(options, answer) {
    if (document.activeElement !== this.input) return;
    this.options = options;
    this.list.replaceChildren(...options.map((option, index) => this.item(option, index)));
    this.activate(-1);
    this.list.hidden = options.length === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.say(answer);
  }

  item({ label, detail }, index) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const name = Object.assign(document.createElement("span"), { textContent: label, dir: "auto" });
    const more = Object.assign(document.createElement("small"), { textContent: detail, dir: "auto" });
    item.append(name, " ", more);
    return item;
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return; // the keys are the input method's
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (isOpen) this.move(step);
      else this.look().then(() => this.list.hidden || this.move(step));
    } else if (!isOpen) {
      if (event.key === "Escape") this.close(); // what was asked for, too
    } else if (event.key === "Enter") {
      const index = this.active < 0 ? this.preferred : this.active;
      if (index < 0) return this.close();
      event.preventDefault();
      this.take(index);
    } else if (event.key === "Tab") {
      if (this.active >= 0) this.take(this.active);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      this.activate(-1); // they move in the words
    }
  }

  /** Go to the next or the previous option; before the first and after the last comes the box itself. */
  move(step) {
    const places = this.options.length + 1;
    this.activate(((this.active + 1 + step + places) % places) - 1);
  }

  activate(index) {
    this.active = index;
    [...this.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    const item = this.list.children[index];
    if (item) this.input.setAttribute("aria-activedescendant", item.id);
    else this.input.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  }

  take(index) {
    const option = this.options[index];
    if (!option) return;
    this.choose(option);
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
