// Names of marks that had no room, given what room there is once the map is zoomed. Each stands as its number in the
// table until then; what the server wrote as a name stays, since zooming in only moves marks apart.

const LEAST = 1; // pixels that names stand apart

const meets = (one, other) =>
  one.left < other.right + LEAST &&
  other.left < one.right + LEAST &&
  one.top < other.bottom + LEAST &&
  other.top < one.bottom + LEAST;

const isInside = (one, other) =>
  one.left >= other.left && one.right <= other.right && one.top >= other.top && one.bottom <= other.bottom;

export class MapNames {
  constructor(svg) {
    this.svg = svg;
    this.waiting = [...svg.querySelectorAll(".names [data-name]")].map((text) => ({
      text,
      leader: text.parentElement.querySelector(".leader"),
      number: text.textContent,
      first: ["x", "y", "text-anchor"].map((name) => [name, text.getAttribute(name)]),
      size: Number(text.closest("[font-size]").getAttribute("font-size")),
    }));
  }

  // Write again what there is room for; the numbers alone where the whole map is seen.
  layOut(isZoomed) {
    for (const one of this.waiting) {
      this.restore(one);
    }
    if (!isZoomed || !this.waiting.length) {
      return;
    }
    const frame = this.svg.getBoundingClientRect();
    const marks = this.boxes(".marks .spot > *");
    const corners = this.boxes(".scale text, .inset + .edge");
    const names = new Map([...this.svg.querySelectorAll(".names text")].map((text) => [text, text.getBoundingClientRect()]));
    for (const one of this.waiting) {
      if (one.text.getClientRects().length) {
        names.delete(one.text);
        const taken = [...marks, ...corners, ...names.values()].filter((box) => box.width && meets(box, frame));
        names.set(one.text, this.write(one, taken, frame));
      }
    }
  }

  boxes(selector) {
    return [...this.svg.querySelectorAll(selector)].map((one) => one.getBoundingClientRect());
  }

  // Put a name beside its mark, where it meets nothing; else its number stays. Returns what it takes.
  write(one, taken, frame) {
    const { text, size } = one;
    const [aside, away] = text.dataset.reach.split(" ").map(Number);
    text.textContent = text.dataset.name;
    one.leader?.setAttribute("visibility", "hidden");
    const ways = [
      [aside, 0, "start"],
      [-aside, 0, "end"],
      [0, -away - size * 0.55, "middle"],
      [0, away + size * 0.55, "middle"],
    ];
    for (const [x, y, anchor] of ways) {
      text.setAttribute("x", x);
      text.setAttribute("y", y + size * 0.35);
      text.setAttribute("text-anchor", anchor);
      const box = text.getBoundingClientRect();
      if (isInside(box, frame) && !taken.some((other) => meets(box, other))) {
        return box;
      }
    }
    this.restore(one);
    return text.getBoundingClientRect();
  }

  restore({ text, leader, number, first }) {
    text.textContent = number;
    leader?.removeAttribute("visibility");
    for (const [name, value] of first) {
      if (value === null) {
        text.removeAttribute(name);
      } else {
        text.setAttribute(name, value);
      }
    }
  }
}
