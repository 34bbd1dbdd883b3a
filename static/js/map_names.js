// Names of marks, laid out again once the map is zoomed: where the server had room for a number only, there may be room
// for the name now, and a mark that moved may stand where a name was.

const LEAST = 1; // pixels that names stand apart
const BASE = 0.35; // of the size of letters: from the middle of a line down to where letters stand
const LINE = 0.55; // of that size: from the middle of a line to what it stands beside

const meets = (one, other) =>
  one.left < other.right + LEAST &&
  other.left < one.right + LEAST &&
  one.top < other.bottom + LEAST &&
  other.top < one.bottom + LEAST;

const isInside = (one, other) =>
  one.left >= other.left && one.right <= other.right && one.top >= other.top && one.bottom <= other.bottom;

const isShown = (element) => element.getClientRects().length > 0;

class MarkName {
  constructor(text) {
    this.text = text;
    this.leader = text.parentElement.querySelector(".leader");
    this.size = Number(text.closest("[font-size]").getAttribute("font-size"));
    this.first = { words: text.textContent, x: text.getAttribute("x"), y: text.getAttribute("y") };
    this.first.anchor = text.getAttribute("text-anchor");
  }

  // How it may stand, the best first: by its name, then by its number, beside its mark.
  *ways() {
    const { name, number, reach } = this.text.dataset;
    const [aside, away] = reach.split(" ").map(Number);
    const line = away + LINE * this.size;
    for (const words of [name, number]) {
      yield { words, x: aside, y: BASE * this.size, anchor: "start" };
      yield { words, x: -aside, y: BASE * this.size, anchor: "end" };
      yield { words, x: 0, y: BASE * this.size - line, anchor: "middle" };
      yield { words, x: 0, y: BASE * this.size + line, anchor: "middle" };
    }
  }

  write({ words, x, y, anchor }, isFirst = false) {
    this.text.textContent = words;
    for (const [attribute, value] of Object.entries({ x, y, "text-anchor": anchor })) {
      if (value === null) {
        this.text.removeAttribute(attribute);
      } else {
        this.text.setAttribute(attribute, value);
      }
    }
    this.leader?.setAttribute("visibility", isFirst ? "visible" : "hidden");
  }

  restore() {
    this.write(this.first, true);
  }

  // Take the first way that is free, or say nothing. Returns the box that it takes.
  place(isFree) {
    for (const way of this.ways()) {
      this.write(way);
      const box = this.text.getBoundingClientRect();
      if (isFree(box)) {
        return box;
      }
    }
    this.write({ ...this.first, words: "" });
    return null;
  }
}

export class MapNames {
  constructor(svg) {
    this.svg = svg;
    this.names = [...svg.querySelectorAll(".names [data-name]")].map((text) => new MarkName(text));
    this.others = [...svg.querySelectorAll(".names text:not([data-name])")].map((text) => text.parentElement);
  }

  layOut(isZoomed) {
    this.names.forEach((name) => name.restore());
    this.others.forEach((other) => other.removeAttribute("visibility"));
    if (!isZoomed) {
      return;
    }
    const frame = this.svg.getBoundingClientRect();
    const standing = [...this.svg.querySelectorAll(".marks .spot > *, .scale text, .inset + .edge")];
    const taken = standing.map((one) => one.getBoundingClientRect()).filter((box) => box.width && meets(box, frame));
    const isFree = (box) => !taken.some((other) => meets(box, other));
    for (const name of this.names.filter((one) => isShown(one.text.parentElement))) {
      const box = name.place((one) => isInside(one, frame) && isFree(one));
      if (box) {
        taken.push(box);
      }
    }
    for (const other of this.others.filter(isShown)) {
      if (!isFree(other.getBoundingClientRect())) {
        other.setAttribute("visibility", "hidden");
      }
    }
  }
}
