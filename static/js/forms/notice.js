// What the page says about typed things that are kept; in the words that the server gave it.

export class Notice {
  constructor(element) {
    this.element = element;
    this.words = element.dataset;
  }

  /** Says one thing in a paragraph, with what follows it. */
  say(words, ...rest) {
    const line = document.createElement("div");
    line.className = "notice";
    const text = document.createElement("p");
    text.append(words, ...rest.flatMap((one) => [" ", one]));
    line.append(text);
    this.element.append(line);
    return line;
  }

  again({ at, isStale, unplaced, form, discard }) {
    const sure = () => confirm(filled(this.words.sure, at)) && discard();
    const go = Object.assign(document.createElement("a"), { href: `#${form.id}`, textContent: this.words.go });
    go.addEventListener("click", (event) => {
      event.preventDefault();
      form.scrollIntoView({ block: "start" });
      [...form.elements].find((field) => field.checkVisibility?.())?.focus({ preventScroll: true });
    });
    const line = this.say(filled(this.words.again, at), go, button(this.words.discard, sure));
    if (isStale) line.append(paragraph(this.words.changed));
    if (unplaced.length) line.append(paragraph(this.words.unplaced), list(unplaced));
  }

  other(at, take) {
    this.say(filled(this.words.other, at), button(this.words.take, take));
  }

  elsewhere() {
    this.say(this.words.elsewhere);
  }

  full() {
    if (this.isFull) return;
    this.isFull = true;
    this.say(this.words.full);
  }
}

function filled(words, at) {
  const when = new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  return words.replace("{when}", when);
}

function paragraph(text) {
  return Object.assign(document.createElement("p"), { textContent: text });
}

function button(words, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: words });
  made.addEventListener("click", act);
  return made;
}

function list(pairs) {
  const made = document.createElement("dl");
  for (const [label, words] of pairs) {
    const said = Object.assign(document.createElement("dd"), { textContent: words, dir: "auto" });
    made.append(Object.assign(document.createElement("dt"), { textContent: label, dir: "auto" }), said);
  }
  return made;
}
