// What is suggested for a text: rows that are pointed at, accepted, changed and dismissed by keys, without leaving the
// text. Everything is also a button of the page; the keys press them.

import { latinKey } from "./latin.js";
import { keyOf } from "./row_keys.js";
import { words } from "./words.js";


export class Suggested {
  /** `onAnswer` is called with the page that came; `reader` shows words of the text. */
  constructor(root, text, reader, onAnswer) {
    this.root = root;
    this.text = text;
    this.reader = reader;
    this.onAnswer = onAnswer;
    this.pointed = null;
    this.isSending = false;
    root.addEventListener("submit", (event) => this.submit(event));
    root.addEventListener("click", (event) => {
      const row = event.target.closest("[data-row]");
      if (row && !event.target.closest("button, a[data-act]")) this.point(row, { isByMouse: true });
    });
    text.addEventListener("keydown", (event) => this.press(event), true);
    root.addEventListener("keydown", (event) => {
      if (!event.target.closest("select, input, textarea, button, summary, a")) this.press(event);
    });
  }

  rows(letter = "") {
    const within = letter ? `[data-attack="${CSS.escape(letter)}"] ` : "";
    return [...this.root.querySelectorAll(`${within}[data-row]`)];
  }

  /** The row that is pointed at, as it is in the page now. */
  get row() {
    return this.pointed && this.root.querySelector(`[data-row="${CSS.escape(this.pointed)}"]`);
  }

  press(event) {
    if (event.isComposing) return;
    const act = keyOf(event);
    if (this.isSending) {
      // A key that comes too early does nothing: not something else than it would have done.
      if (act || /^[a-z0-9]$/i.test(event.key)) this.take(event);
      return;
    }
    if (act && this.row) {
      const done = this.act(act);
      if (done) this.take(event);
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = latinKey(event);
    if (/^[a-z]$/i.test(key) && this.toLetter(key.toUpperCase())) this.take(event);
    else if (/^[0-9]$/.test(key) && this.row && this.toNumber(Number(key) || 10)) this.take(event);
  }

  take(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** The first row of a letter, or the one after that which is pointed at already. */
  toLetter(letter) {
    const rows = this.rows(letter);
    if (!rows.length) return false;
    this.point(rows[(rows.indexOf(this.row) + 1) % rows.length]);
    return true;
  }

  toNumber(number) {
    const row = this.rows(this.row.closest("[data-attack]").dataset.attack)[number - 1];
    if (row) this.point(row);
    return Boolean(row);
  }

  act(name) {
    const { row } = this;
    if (name === "forget") return this.forget();
    if (name === "next" || name === "previous") return this.step(name === "next" ? 1 : -1);
    const target = row.querySelector(`[data-act="${name}"]`) ?? row.closest("form").querySelector(`[data-act="${name}"]`);
    target?.click();
    return Boolean(target);
  }

  step(by) {
    const rows = this.rows();
    const row = rows[rows.indexOf(this.row) + by];
    if (row) this.point(row);
    return true;
  }

  point(row, { isByMouse = false } = {}) {
    this.unmark();
    this.pointed = row.dataset.row;
    row.classList.add("pointed");
    row.scrollIntoView({ block: "nearest" });
    this.reader.glance(Number(row.dataset.start), Number(row.dataset.end));
    this.say(row.querySelector(".says").textContent.trim());
    if (!isByMouse && this.hasFocus) this.text.focus({ preventScroll: true });
  }

  /** Whether the focus may be moved: not while something is being typed elsewhere. */
  get hasFocus() {
    const { activeElement } = document;
    return activeElement === document.body || this.text.contains(activeElement) || this.root.contains(activeElement);
  }

  forget() {
    this.unmark();
    this.pointed = null;
    this.reader.glance();
    return true;
  }

  unmark() {
    for (const row of this.root.querySelectorAll(".pointed")) row.classList.remove("pointed");
  }

  say(said) {
    const status = document.getElementById("suggestions-status");
    if (status) status.textContent = said;
  }

  async submit(event) {
    event.preventDefault();
    if (this.isSending) return;
    this.isSending = true;
    const form = event.target;
    const body = new FormData(form, event.submitter);
    const following = this.after(event.submitter);
    this.say(words("saving"));
    const act = event.submitter?.dataset.act ?? "accept";
    try {
      const response = await fetch(form.action, { method: "POST", body }).catch(() => {
        throw new Error(words("noAnswer"));
      });
      if (!new URL(response.url).pathname.startsWith("/admin/desk/")) throw new Error(words("signedOut"));
      if (response.status === 403) throw new Error(words("refused"));
      if (!response.ok) throw new Error(words("failed", { status: response.status }));
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      await this.onAnswer(page);
      const said = [...page.querySelectorAll(".messagelist li")].map((line) => line.textContent.trim()).join(" ");
      const next = following.map((key) => this.root.querySelector(`[data-row="${CSS.escape(key)}"]`)).find(Boolean);
      if (next && this.pointed) this.point(next);
      else {
        this.forget();
        if (document.activeElement === document.body) this.root.querySelector(`[data-act="${act}"]`)?.focus();
      }
      this.say(said);
    } catch (error) {
      this.say(error.message);
    } finally {
      this.isSending = false;
    }
  }

  /** The rows to go on with once a row has been answered: those behind it, else those before it. */
  after(submitter) {
    const keys = this.rows().map((row) => row.dataset.row);
    const row = submitter?.closest("[data-row]");
    if (!row) return [];
    const at = keys.indexOf(row.dataset.row);
    return [...keys.slice(at + 1), ...keys.slice(0, at).reverse(), row.dataset.row];
  }
}
