// The text of the desk: selecting words in it by mouse, by keyboard or by the toolbar, and showing what is selected.

import { Pieces, caret, points, rangeOf, selected, tidy, units } from "./selection.js";

const EDITS = ["beforeinput", "paste", "cut", "drop", "dragstart"];

export class Reader {
  /** `onSelect` is called with { start, end, exact } in code points each time that other words are selected. */
  constructor(root, scroll, toolbar, onSelect) {
    this.root = root;
    this.scroll = scroll;
    this.onSelect = onSelect;
    this.span = null;
    this.makeSelectable();
    this.reload();
    document.addEventListener("selectionchange", () => this.takeSelection());
    root.addEventListener("focus", () => this.restoreSelection());
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

  reload() {
    this.text = this.root.textContent;
    this.pieces = new Pieces(this.text, this.root.lang);
    this.span = null;
    this.paint();
  }

  takeSelection() {
    const span = selected(this.root);
    if (span) this.select(span);
  }

  select(span) {
    if (this.span && span.start === this.span.start && span.end === this.span.end) return;
    this.span = span;
    this.paint();
    const start = points(this.text, span.start);
    const exact = this.text.slice(span.start, span.end);
    this.onSelect({ start, end: start + [...exact].length, exact });
  }

  /** Shows words as selected that the form already holds; `start` and `end` in code points. */
  show(start, end) {
    const from = units(this.text, start);
    this.span = tidy(this.text, from, from + units(this.text.slice(from), end - start));
    this.paint();
    this.scrollTo();
  }

  clear() {
    this.span = null;
    this.paint();
  }

  move(move) {
    const at = this.span ? this.span.start : caret(this.root);
    const span = this.pieces.moved(this.span, move, at);
    if (span) {
      // The browser's own selection would stay where it was, beside this one.
      if (selected(this.root)) document.getSelection().removeAllRanges();
      this.select(span);
      this.scrollTo(move.startsWith("end"));
    }
  }

  // The browser forgets a selection when the focus goes elsewhere; the words stay painted.
  paint() {
    if (!globalThis.CSS?.highlights) return;
    if (this.span) CSS.highlights.set("desk-selection", new Highlight(rangeOf(this.root, this.span)));
    else CSS.highlights.delete("desk-selection");
  }

  restoreSelection() {
    if (!this.span || selected(this.root)) return;
    const selection = document.getSelection();
    const range = rangeOf(this.root, this.span);
    selection.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  }

  scrollTo(isEnd = false) {
    const box = this.scroll.getBoundingClientRect();
    const lines = rangeOf(this.root, this.span).getClientRects();
    const line = isEnd ? lines[lines.length - 1] : lines[0];
    if (!line) return;
    const margin = 48;
    if (line.top < box.top + margin) this.scroll.scrollTop -= box.top + margin - line.top;
    else if (line.bottom > box.bottom - margin) this.scroll.scrollTop += line.bottom - box.bottom + margin;
  }
}
