// Which words of the text are selected. The server counts Unicode code points, JavaScript UTF-16 units: inside this
// module offsets are UTF-16 units of the text's one long string, `points` converts them on the way out and in.

export function points(text, units) {
  return [...text.slice(0, units)].length;
}

export function units(text, count) {
  let position = 0;
  for (let seen = 0; seen < count && position < text.length; seen += 1) {
    position += text.codePointAt(position) > 0xffff ? 2 : 1;
  }
  return position;
}

/** Widens a span to whole visible characters and leaves out the white space at its edges; null when nothing is left. */
export function tidy(text, start, end) {
  while (start < end && /\s/.test(text[start])) start += 1;
  while (end > start && /\s/.test(text[end - 1])) end -= 1;
  if (start >= end) return null;
  const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text);
  const first = graphemes.containing(start);
  const last = graphemes.containing(end);
  return {
    start: first.index,
    end: last && last.index < end ? last.index + last.segment.length : end,
  };
}

/** The span of `root`'s text that the reader has selected, clamped to it; null when the selection is elsewhere. */
export function selected(root) {
  const selection = document.getSelection();
  if (!selection.rangeCount) return null;
  const range = selection.getRangeAt(0).cloneRange();
  const all = document.createRange();
  all.selectNodeContents(root);
  if (range.collapsed || !range.intersectsNode(root)) return null;
  if (range.compareBoundaryPoints(Range.START_TO_START, all) < 0) range.setStart(all.startContainer, all.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, all) > 0) range.setEnd(all.endContainer, all.endOffset);
  if (range.collapsed) return null;
  all.setEnd(range.startContainer, range.startOffset);
  const start = all.toString().length;
  return tidy(root.textContent, start, start + range.toString().length);
}

/** Where the caret stands in the text; 0 when it is elsewhere. */
export function caret(root) {
  const selection = document.getSelection();
  if (!selection.rangeCount || !root.contains(selection.focusNode)) return 0;
  const before = document.createRange();
  before.selectNodeContents(root);
  before.setEnd(selection.focusNode, selection.focusOffset);
  return before.toString().length;
}

/** The DOM range of a span of the text. */
export function rangeOf(root, { start, end }) {
  const range = document.createRange();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let position = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const next = position + node.length;
    if (start >= position && start < next) range.setStart(node, start - position);
    if (end > position && end <= next) {
      range.setEnd(node, end - position);
      break;
    }
    position = next;
  }
  return range;
}

/** Cuts a text into sentences and words, once, when first asked. */
export class Pieces {
  constructor(text, language) {
    this.text = text;
    this.language = language;
    this.cut = {};
  }

  of(granularity) {
    this.cut[granularity] ??= [...segmenter(this.language, granularity).segment(this.text)]
      .filter((piece) => granularity !== "word" || piece.isWordLike)
      .map((piece) => tidy(this.text, piece.index, piece.index + piece.segment.length))
      .filter(Boolean);
    return this.cut[granularity];
  }

  /** The span after a move of the toolbar, or the same one where there is nothing to move to. */
  moved(span, move, at) {
    const words = this.of("word");
    const sentences = this.of("sentence");
    const from = span ? span.start : at;
    switch (move) {
      case "next":
        return sentences.find((piece) => (span ? piece.start > from : piece.end > from)) ?? span;
      case "previous":
        return sentences.findLast((piece) => piece.start < from) ?? span;
    }
    if (!span) return words.find((piece) => piece.end > at) ?? null;
    const { start, end } = span;
    switch (move) {
      case "start-back":
        return { start: words.findLast((word) => word.start < start)?.start ?? start, end };
      case "start-on":
        return { start: words.find((word) => word.start > start && word.start < end)?.start ?? start, end };
      case "end-on":
        return { start, end: words.find((word) => word.end > end)?.end ?? end };
      case "end-back":
        return { start, end: words.findLast((word) => word.end < end && word.end > start)?.end ?? end };
    }
    return span;
  }
}

function segmenter(language, granularity) {
  try {
    return new Intl.Segmenter(language === "und" ? undefined : language, { granularity });
  } catch {
    return new Intl.Segmenter(undefined, { granularity });
  }
}
