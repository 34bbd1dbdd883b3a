// The text of the desk: selecting words in it by mouse, by keyboard or by the toolbar, and showing what is selected.
// The words chosen last are the ones that count. They outlive the browser's own selection, which goes with the focus;
// so the two are told apart: `span` is what is chosen, `native` what the browser was last seen to have selected.

import { Pieces, tidy } from "./pieces.js";
import { Positions } from "./positions.js";

const EDITS = ["beforeinput", "paste", "cut", "drop", "dragstart"];

export class Reader {
  /** `onSelect` is called with { start, end, exact } in code points each time that other words are selected. */
  constructor(root, scroll, toolbar, onSelect) {
    this.root = root;
    this.scroll = scroll;
    this.onSelect = onSelect;
    this.isPressed = false;
    this.isByKey = false;
    this.makeSelectable();
    this.reload();
    this.listen();
    toolbar.hidden = false;
    toolbar.addEventListener("click", (event) => {
      const button = event.target.closest("[data-move]");
      if (button) this.move(button.dataset.move);
    });
  }

  // Only an editable element lets Shift and the arrow keys select; every change to it is refused.
  makeSelectable() {
    const attributes = {
      contenteditable: "true",
      role: "textbox",
      "aria-readonly": "true",
      "aria-multiline": "true",
      inputmode: "none",
      spellcheck: "false",
      autocapitalize: "off",
      tabindex: "0",
      "data-gramm": "false",
    };
    for (const [name, value] of Object.entries(attributes)) this.root.setAttribute(name, value);
    for (const type of EDITS) this.root.addEventListener(type, (event) => event.preventDefault());
    this.scroll.removeAttribute("tabindex");
  }

  listen() {
    document.addEventListener("selectionchange", () => this.takeSelection());
    document.addEventListener("keydown", () => this.setByKey(true), true);
    for (const type of ["pointerdown", "mousedown"]) document.addEventListener(type, () => this.setByKey(false), true);
    this.root.addEventListener("pointerdown", () => {
      this.isPressed = true;
    });
    for (const type of ["pointerup", "pointercancel"]) document.addEventListener(type, () => this.release(), true);
    window.addEventListener("blur", () => {
      this.setByKey(false);
      this.release();
    });
    this.root.addEventListener("mousedown", (event) => this.beforePress(event));
    // A press of the mouse selects from where it is; only the keys go on from what was selected before.
    this.root.addEventListener("focus", () => {
      if (this.isByKey) this.restoreSelection();
    });
    this.root.addEventListener("keyup", () => this.takeSelection());
  }

  setByKey(isByKey) {
    this.isByKey = isByKey;
  }

  release() {
    this.isPressed = false;
    this.takeSelection();
    this.paint();
    this.onRest?.();
  }

  /** Fulfilled when no mouse button is down in the text: a selection that is being drawn would lose its beginning. */
  async atRest() {
    while (this.isPressed) {
      await new Promise((resolve) => {
        this.onRest = resolve;
      });
    }
  }

  /** Runs before the browser selects: a press inside the selection would drag it, one with Shift lengthen nothing. */
  beforePress(event) {
    if (event.button !== 0) return;
    if (event.shiftKey) {
      if (!this.positions.ends()) this.restoreSelection();
    } else if (event.detail === 1 && this.positions.selected()) {
      document.getSelection().removeAllRanges();
    }
  }

  /** Reads the text afresh after `fill` has filled its element; what is chosen in it stays so if the text is the same. */
  reload(fill = () => {}) {
    const before = this.positions;
    const ends = before?.ends();
    fill();
    this.positions = new Positions(this.root);
    this.pieces = new Pieces(this.positions.text, this.root.lang);
    const isSameText = before?.text === this.positions.text;
    this.span = isSameText ? this.span : null;
    if (ends && isSameText) this.positions.select(...ends);
    else if (ends) document.getSelection().removeAllRanges();
    this.native = this.positions.selected();
    this.paint();
  }

  // What a drag passes over is not chosen; where it ends, it is. Until then the browser alone shows it.
  takeSelection() {
    const native = this.positions.selected();
    if (isSame(native, this.native)) return;
    if (this.isPressed) {
      if (native) this.unpaint();
      return;
    }
    this.native = native;
    const span = native && tidy(this.positions.text, native.start, native.end);
    if (span) this.choose(span);
  }

  choose(span) {
    if (isSame(span, this.span)) return;
    this.span = span;
    this.paint();
    this.onSelect(this.words);
  }

  /** What is chosen, as the form takes it: { start, end, exact } in code points; null when nothing is. */
  get words() {
    if (!this.span) return null;
    const { start, end } = this.span;
    const { positions } = this;
    return { start: positions.points(start), end: positions.points(end), exact: positions.text.slice(start, end) };
  }

  /** Shows words as selected that the form already holds; `start` and `end` in code points. */
  show(start, end) {
    this.forgetNative();
    this.span = { start: this.positions.units(start), end: this.positions.units(end) };
    // With the focus in the text and nothing selected, Shift would go on from its first letter.
    if (document.activeElement === this.root) this.restoreSelection();
    this.paint();
    this.scrollTo(this.span);
  }

  /** Shows words beside those that are chosen, without choosing them; none to show no more. Code points. */
  glance(start, end) {
    globalThis.CSS?.highlights?.delete("desk-pointed");
    if (start === undefined) return;
    const span = { start: this.positions.units(start), end: this.positions.units(end) };
    if (globalThis.CSS?.highlights) CSS.highlights.set("desk-pointed", new Highlight(this.positions.range(span)));
    this.scrollTo(span);
  }

  clear() {
    this.forgetNative();
    this.span = null;
    this.paint();
  }

  // The browser's own selection would stay where it was, beside this one.
  forgetNative() {
    if (this.positions.selected()) document.getSelection().removeAllRanges();
    this.native = null;
  }

  move(move) {
    const span = this.pieces.moved(this.span, move, this.positions.ends()?.[1] ?? 0);
    if (!span) return;
    this.forgetNative();
    this.choose(tidy(this.positions.text, span.start, span.end));
    this.scrollTo(this.span, move.startsWith("end"));
  }

  // The browser forgets a selection when the focus goes elsewhere; the words stay painted.
  paint() {
    if (!globalThis.CSS?.highlights) return;
    if (this.span) CSS.highlights.set("desk-selection", new Highlight(this.positions.range(this.span)));
    else this.unpaint();
  }

  unpaint() {
    globalThis.CSS?.highlights?.delete("desk-selection");
  }

  /** Has the browser select again what is chosen, after the focus was elsewhere. */
  restoreSelection() {
    if (!this.span || this.positions.selected()) return;
    this.positions.select(this.span.start, this.span.end);
    this.native = this.positions.selected();
  }

  scrollTo({ start, end }, isEnd = false) {
    const near = this.positions.range(isEnd ? { start: end - 1, end } : { start, end: start + 1 });
    const box = this.scroll.getBoundingClientRect();
    const line = near.getClientRects()[0];
    if (!line) return;
    const margin = 48;
    if (line.top < box.top + margin) this.scroll.scrollTop -= box.top + margin - line.top;
    else if (line.bottom > box.bottom - margin) this.scroll.scrollTop += line.bottom - box.bottom + margin;
  }
}

function isSame(one, other) {
  return Boolean(one && other) && one.start === other.start && one.end === other.end;
}
