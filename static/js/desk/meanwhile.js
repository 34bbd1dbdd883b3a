// What was done between sending the form and the answer, which replaces the form: other words chosen, fields filled in
// for the next claim, the focus moved. All of it is put into the new form.

import { differing, read, write } from "../forms/values.js";

const OF_THE_WORDS = ["quote", "start", "end", "passage", "found"];

export class Meanwhile {
  constructor(form, reader) {
    this.form = form;
    this.reader = reader;
    this.sent = read(form);
    this.span = reader.span;
    this.focused = document.activeElement;
  }

  /** Looks what has changed, just before the form goes. */
  gather(form) {
    const changed = differing(read(form), this.sent);
    this.hasWords = this.reader.span ? this.reader.span !== this.span : "quote" in changed;
    this.quote = this.hasWords ? form.elements.quote.value : null;
    for (const name of OF_THE_WORDS) delete changed[name];
    this.changed = changed;
    const { activeElement } = document;
    const isMoved = activeElement !== this.focused && activeElement !== document.body && activeElement.type !== "submit";
    this.focus = isMoved || this.isAny ? activeElement : null;
    this.caret = this.focus && "selectionStart" in this.focus ? [this.focus.selectionStart, this.focus.selectionEnd] : null;
  }

  get isAny() {
    return this.hasWords || Object.keys(this.changed).length > 0;
  }

  /** Fills in the new form. */
  putBack(form) {
    write(form, this.changed);
    // Words that were typed, or chosen in a text that has been replaced since, are looked for by the server.
    if (this.hasWords && !this.reader.span) write(form, { quote: [{ value: this.quote }] });
  }

  /** Puts the focus where it was moved to; false when it was not. */
  putFocusBack(form) {
    if (!this.focus) return false;
    const { name, value, type } = this.focus;
    const field =
      !this.form.contains(this.focus) && this.focus.isConnected
        ? this.focus
        : [...form.elements].find(
            (one) => one.name && one.name === name && (!["radio", "checkbox"].includes(type) || one.value === value),
          );
    field?.focus({ preventScroll: true });
    if (field && this.caret?.[0] != null) field.setSelectionRange(...this.caret);
    return Boolean(field);
  }
}
