// The characters, words and sentences of a text. Only the paragraph around a place is ever cut, and only once: a text of
// a million characters is never cut whole. Offsets are UTF-16 units.

// A paragraph longer than this is cut as if it were several; no sentence that anybody reads is as long.
const LONGEST = 16_384;
// No visible character that occurs is longer.
const CHARACTER = 128;

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Widens a span to whole visible characters and leaves out the white space at its edges; null when nothing is left. */
export function tidy(text, start, end) {
  const span = trimmed(text, start, end);
  return span && { start: characterAt(text, span.start).start, end: characterAt(text, span.end - 1).end };
}

/** A span without the white space at its edges; null when nothing is left. */
function trimmed(text, start, end) {
  while (start < end && /\s/.test(text[start])) start += 1;
  while (end > start && /\s/.test(text[end - 1])) end -= 1;
  return start < end ? { start, end } : null;
}

function characterAt(text, offset) {
  const from = Math.max(0, offset - CHARACTER);
  const { index, segment } = graphemes.segment(text.slice(from, offset + CHARACTER)).containing(offset - from);
  return { start: from + index, end: from + index + segment.length };
}

/** Cuts a text into sentences and words, where and when they are asked for. */
export class Pieces {
  constructor(text, language) {
    this.text = text;
    this.language = language;
    this.segmenters = {};
    this.cut = new Map();
  }

  /** The span after a move of the toolbar, or the same one where there is nothing to move to. `at` is the caret. */
  moved(span, move, at) {
    const from = span ? span.start : at;
    switch (move) {
      case "next":
        return find(this.forwards("sentence", from), (piece) => (span ? piece.start > from : piece.end > from)) ?? span;
      case "previous":
        return find(this.backwards("sentence", from), (piece) => piece.start < from) ?? span;
    }
    if (!span) return find(this.forwards("word", at), (word) => word.end > at) ?? null;
    const { start, end } = span;
    switch (move) {
      case "start-back":
        return { start: find(this.backwards("word", start), (word) => word.start < start)?.start ?? start, end };
      case "start-on": {
        const next = find(this.forwards("word", start), (word) => word.start > start)?.start ?? end;
        return { start: next < end ? next : start, end };
      }
      case "end-on":
        return { start, end: find(this.forwards("word", end), (word) => word.end > end)?.end ?? end };
      case "end-back": {
        const last = find(this.backwards("word", end), (word) => word.end < end)?.end ?? start;
        return { start, end: last > start ? last : end };
      }
    }
    return span;
  }

  /** Pieces from the paragraph at an offset on. */
  *forwards(granularity, offset) {
    const visible = /\S/g;
    visible.lastIndex = offset;
    for (let match = visible.exec(this.text); match; match = visible.exec(this.text)) {
      const paragraph = this.paragraph(match.index);
      yield* this.of(granularity, paragraph);
      visible.lastIndex = paragraph.end;
    }
  }

  /** Pieces from the paragraph before an offset backwards, the last first. */
  *backwards(granularity, offset) {
    let position = offset;
    for (;;) {
      while (position > 0 && /\s/.test(this.text[position - 1])) position -= 1;
      if (position === 0) return;
      const paragraph = this.paragraph(position - 1);
      yield* this.of(granularity, paragraph).toReversed();
      position = paragraph.start;
    }
  }

  /** The line that holds an offset, or the part of it. A line's end always ends a sentence and a word. */
  paragraph(offset) {
    let start = offset > 0 ? this.text.lastIndexOf("\n", offset - 1) + 1 : 0;
    const lineEnd = this.text.indexOf("\n", offset);
    const end = lineEnd < 0 ? this.text.length : lineEnd + 1;
    while (end - start > LONGEST) {
      const space = this.text.lastIndexOf(" ", start + LONGEST - 1);
      const part = space > start ? space + 1 : start + LONGEST;
      if (offset < part) return { start, end: part };
      start = part;
    }
    return { start, end };
  }

  of(granularity, { start, end }) {
    const key = `${granularity} ${start}`;
    if (!this.cut.has(key)) {
      this.segmenters[granularity] ??= segmenter(this.language, granularity);
      const pieces = [...this.segmenters[granularity].segment(this.text.slice(start, end))]
        .filter((piece) => granularity !== "word" || piece.isWordLike)
        .map(({ index, segment }) => trimmed(this.text, start + index, start + index + segment.length))
        .filter(Boolean);
      this.cut.set(key, pieces);
    }
    return this.cut.get(key);
  }
}

function find(pieces, isWanted) {
  for (const piece of pieces) if (isWanted(piece)) return piece;
  return undefined;
}

function segmenter(language, granularity) {
  try {
    return new Intl.Segmenter(language === "und" ? undefined : language, { granularity });
  } catch {
    return new Intl.Segmenter(undefined, { granularity });
  }
}
