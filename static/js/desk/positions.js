// Where things stand in the text. Inside the desk's scripts an offset is a UTF-16 unit of the text's one long string;
// the server counts Unicode code points, and the browser's ranges name nodes. Each question costs a binary search, so
// that a text of a million characters answers as fast as a short one.

const PAIRS = /[\ud800-\udbff][\udc00-\udfff]/g;

/** The content of an element as it is now; to be made anew when the element is filled anew. */
export class Positions {
  constructor(root) {
    this.root = root;
    this.nodes = [];
    this.starts = [];
    this.numbers = new Map();
    const parts = [];
    const walker = this.walker();
    let position = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      this.numbers.set(node, this.nodes.length);
      this.nodes.push(node);
      this.starts.push(position);
      parts.push(node.data);
      position += node.length;
    }
    this.text = parts.join("");
    this.pairs = Array.from(this.text.matchAll(PAIRS), (match) => match.index);
  }

  walker() {
    return document.createTreeWalker(this.root, NodeFilter.SHOW_TEXT);
  }

  /** Units to code points. */
  points(units) {
    return units - first(this.pairs.length, (number) => this.pairs[number] >= units);
  }

  /** Code points to units. */
  units(points) {
    return points + first(this.pairs.length, (number) => this.pairs[number] - number >= points);
  }

  /** The offset of a place in the document that lies within the element. */
  offset(container, offset) {
    if (container.nodeType === Node.TEXT_NODE) return this.starts[this.numbers.get(container)] + offset;
    const node = this.textFrom(container, offset);
    return node ? this.starts[this.numbers.get(node)] : this.text.length;
  }

  /** The first text at a place between the children of an element, or behind it. */
  textFrom(container, offset) {
    const walker = this.walker();
    const child = container.childNodes[offset];
    if (child) {
      if (child.nodeType === Node.TEXT_NODE) return child;
      walker.currentNode = child;
    } else {
      let last = container;
      while (last.lastChild) last = last.lastChild;
      walker.currentNode = last;
    }
    return walker.nextNode();
  }

  /** The node and the offset in it of the character that begins at an offset, or of the end of the one before. */
  place(offset, isEnd = false) {
    if (!this.nodes.length) return [this.root, 0];
    const behind = first(this.starts.length, (number) => (isEnd ? this.starts[number] >= offset : this.starts[number] > offset));
    const number = Math.max(0, behind - 1);
    return [this.nodes[number], offset - this.starts[number]];
  }

  /** The range of the document that a span of the text takes up. */
  range({ start, end }) {
    const range = document.createRange();
    range.setStart(...this.place(start));
    range.setEnd(...this.place(end, true));
    return range;
  }

  /** The offsets between which the reader has selected, clamped to the text; null when nothing in it is selected. */
  selected() {
    const selection = document.getSelection();
    if (!selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (range.collapsed || !range.intersectsNode(this.root)) return null;
    const start = this.root.contains(range.startContainer) ? this.offset(range.startContainer, range.startOffset) : 0;
    const end = this.root.contains(range.endContainer)
      ? this.offset(range.endContainer, range.endOffset)
      : this.text.length;
    return start < end ? { start, end } : null;
  }

  /** Where the selection began and where it was drawn to, which may be before; null when it is not all in the text. */
  ends() {
    const { anchorNode, anchorOffset, focusNode, focusOffset } = document.getSelection();
    if (!this.root.contains(anchorNode) || !this.root.contains(focusNode)) return null;
    return [this.offset(anchorNode, anchorOffset), this.offset(focusNode, focusOffset)];
  }

  /** Selects from one offset to another, which may be before it. */
  select(from, to) {
    document.getSelection().setBaseAndExtent(...this.place(from, from > to), ...this.place(to, from < to));
  }
}

/** The first of `count` numbers for which `isBehind` holds, which then holds for all that follow. */
function first(count, isBehind) {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBehind(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
