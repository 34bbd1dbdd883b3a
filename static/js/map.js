import { MapNames } from "./map_names.js";

// Pan and zoom for the map. Without this script the map is whole, and its marks are links all the same.

const NEAREST = 1 / 10; // of the width that the server drew: its lines are made for no less
const FARTHEST = 1;
const STEP = 1.5;
const PAUSE = 120; // milliseconds
const DRAG = 4; // pixels that a pointer may tremble

class PannedMap {
  constructor(figure) {
    this.figure = figure;
    this.svg = figure.querySelector("svg.map");
    const { x, y, width, height } = this.svg.viewBox.baseVal;
    this.first = { x, y, width, height };
    this.frame = { ...this.first };
    this.pointers = new Map();
    this.corners = figure.querySelector(".corners");
    this.here = figure.querySelector(".inset .here");
    this.scale = figure.querySelector(".scale");
    this.names = new MapNames(this.svg);
    this.listen();
  }

  show({ x, y, width }) {
    width = Math.min(FARTHEST * this.first.width, Math.max(NEAREST * this.first.width, width));
    const height = (width * this.first.height) / this.first.width;
    x = Math.min(this.first.x + this.first.width - width / 4, Math.max(this.first.x - (width * 3) / 4, x));
    y = Math.min(this.first.y + this.first.height - height / 4, Math.max(this.first.y - (height * 3) / 4, y));
    this.frame = { x, y, width, height };
    this.svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    this.svg.style.setProperty("--zoom", width / this.first.width);
    this.figure.classList.toggle("is-zoomed", width < this.first.width * 0.99);
    this.keepCorners();
    this.nameAgain();
  }

  // Once nothing moved for a moment.
  nameAgain() {
    clearTimeout(this.naming);
    this.naming = setTimeout(() => this.names.layOut(this.figure.classList.contains("is-zoomed")), PAUSE);
  }

  // Scale and inset stay where they are on the screen, and tell of what is seen now.
  keepCorners() {
    const { x, y, width, height } = this.frame;
    const zoom = width / this.first.width;
    const moved = [x - zoom * this.first.x, y - zoom * this.first.y];
    this.corners?.setAttribute("transform", `translate(${moved}) scale(${zoom})`);
    for (const [name, value] of Object.entries({ x, y, width, height })) {
      this.here?.setAttribute(name, value);
    }
    if (this.scale) {
      const { km, length, right } = this.scale.dataset;
      const longest = km * zoom;
      const power = 10 ** Math.floor(Math.log10(longest));
      const number = [5, 2, 1].map((one) => one * power).find((one) => one <= longest * 1.001);
      const share = number / longest;
      const start = right ? length * (1 - share) : 0;
      this.scale.querySelector("path").setAttribute("transform", `translate(${start}) scale(${share} 1)`);
      const words = this.scale.querySelector("text");
      words.textContent = words.textContent.replace(/[\d.,]+/, String(Number(number.toPrecision(1))));
    }
  }

  // Zoom by a factor around a point given as shares of width and height.
  zoom(factor, across = 0.5, down = 0.5) {
    const { x, y, width, height } = this.frame;
    const limited = Math.min(FARTHEST * this.first.width, Math.max(NEAREST * this.first.width, width / factor));
    const shrunk = limited / width;
    this.show({ x: x + width * across * (1 - shrunk), y: y + height * down * (1 - shrunk), width: limited });
  }

  // Move by shares of width and height.
  pan(across, down) {
    const { x, y, width, height } = this.frame;
    this.show({ x: x + width * across, y: y + height * down, width });
  }

  reset() {
    this.show(this.first);
  }

  shares(event) {
    const box = this.svg.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  listen() {
    const tools = this.figure.querySelector(".map-tools");
    const actions = { in: () => this.zoom(STEP), out: () => this.zoom(1 / STEP), whole: () => this.reset() };
    for (const button of tools.querySelectorAll("button")) {
      button.addEventListener("click", actions[button.value]);
    }
    tools.hidden = false;
    this.svg.addEventListener("wheel", (event) => this.onWheel(event), { passive: false });
    this.figure.addEventListener("keydown", (event) => this.onKey(event));
    this.svg.addEventListener("focusin", (event) => this.reveal(event.target));
    this.svg.addEventListener("pointerdown", (event) => this.onDown(event));
    this.svg.addEventListener("pointermove", (event) => this.onMove(event));
    for (const name of ["pointerup", "pointercancel", "pointerleave"]) {
      this.svg.addEventListener(name, (event) => this.pointers.delete(event.pointerId));
    }
    this.svg.addEventListener("dragstart", (event) => event.preventDefault());
    this.svg.addEventListener("click", (event) => this.onClick(event), { capture: true });
  }

  // The wheel scrolls the page, until the map was touched or a key is held: then it zooms.
  onWheel(event) {
    if (event.ctrlKey || event.metaKey || this.figure.contains(document.activeElement) || this.wasDragged) {
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY / 400), ...this.shares(event));
    }
  }

  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const keys = {
      "+": () => this.zoom(STEP),
      "=": () => this.zoom(STEP),
      "-": () => this.zoom(1 / STEP),
      0: () => this.reset(),
      ArrowLeft: () => this.pan(-0.15, 0),
      ArrowRight: () => this.pan(0.15, 0),
      ArrowUp: () => this.pan(0, -0.15),
      ArrowDown: () => this.pan(0, 0.15),
    };
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  }

  // A mark that gets the focus outside of what is shown comes into it.
  reveal(target) {
    const mark = target.closest("a");
    if (!mark?.transform) {
      return;
    }
    const { e: x, f: y } = mark.transform.baseVal.consolidate().matrix;
    const { x: left, y: top, width, height } = this.frame;
    if (x < left || x > left + width || y < top || y > top + height) {
      this.show({ x: x - width / 2, y: y - height / 2, width });
    }
  }

  onDown(event) {
    this.wasDragged = false;
    this.pointers.set(event.pointerId, event);
  }

  onMove(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      return;
    }
    const [x, y] = this.shares(event);
    const [oldX, oldY] = this.shares(before);
    if (this.pointers.size === 1) {
      const isFree = event.pointerType === "mouse" || this.figure.classList.contains("is-zoomed");
      const distance = Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY);
      if (!isFree || (!this.wasDragged && distance < DRAG)) {
        return;
      }
      this.wasDragged = true;
      this.pan(oldX - x, oldY - y);
    } else {
      this.wasDragged = true;
      const other = [...this.pointers.values()].find((one) => one.pointerId !== event.pointerId);
      const [otherX, otherY] = this.shares(other);
      const grown = Math.hypot(x - otherX, y - otherY) / (Math.hypot(oldX - otherX, oldY - otherY) || 1);
      this.zoom(grown, (x + otherX) / 2, (y + otherY) / 2);
    }
    this.pointers.set(event.pointerId, event);
  }

  // The end of a drag over a mark is no wish to follow it.
  onClick(event) {
    if (this.wasDragged && event.detail) {
      event.preventDefault();
      event.stopPropagation();
    }
    this.wasDragged = false;
  }
}

for (const figure of document.querySelectorAll("[data-map]")) {
  new PannedMap(figure);
}
