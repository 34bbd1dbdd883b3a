// Keeps what is typed into one form until the server has said that it is saved, and brings it back after whatever came
// between: an expired login, a lost line, a closed window. Each sitting at a form keeps its own: windows never mix.

import { align, parts } from "./rows.js";
import { differing, initial, isSame, labelOf, read, write } from "./values.js";

const FIELD = "kept_as"; // archive.access.keeping has it too
const FIRST = "typed-first"; // of this window: what is to be shown of several things that were typed
const PAUSE = 50; // milliseconds after a key
// Which state of a row was shown. What was already decided about a conflict (`compared_with`) is asked afresh.
const VERSION = /(^|-)lock_version$/;

export class Keeper {
  constructor(form, safe, notice) {
    this.form = form;
    this.safe = safe;
    this.notice = notice;
    this.given = initial(form);
    this.before = this.given;
    this.id = crypto.randomUUID().replaceAll("-", "").slice(0, 16);
    this.touched = new Set();
    this.isReady = false;
    this.isOver = false;
    this.kept = "";
    form.addEventListener("input", (event) => event.isTrusted && this.touched.add(event.target.name));
    form.addEventListener("submit", () => this.store());
    form.addEventListener("formdata", ({ formData }) => {
      if (!this.isOver && Object.keys(this.typed).length) formData.set(FIELD, this.id);
    });
  }

  /** Begins to keep. `sentAs`: the page answers what was sent under that name, and shows it as it was sent. */
  async begin(sentAs) {
    this.beginning = await this.safe.of(addressOf(this.form));
    if (sentAs) await this.goOn(sentAs);
    else await this.bringBack();
    this.isReady = true;
    this.store();
  }

  /** Begins to keep a form that has just come in place of a saved one. */
  async beginAfresh() {
    this.beginning = await this.safe.of(addressOf(this.form));
    this.isReady = true;
    this.store();
  }

  get name() {
    return this.beginning + this.id;
  }

  get typed() {
    return differing(read(this.form), this.before);
  }

  async goOn(id) {
    const sent = await this.safe.get(this.beginning + id);
    if (!sent || !(await this.safe.hold(this.beginning + id))) return;
    this.id = id;
    this.before = { ...this.given, ...sent.before };
  }

  async bringBack() {
    const names = this.safe.names(this.beginning);
    const isHeld = await Promise.all(names.map((name) => this.safe.hold(name)));
    if (isHeld.includes(false)) this.notice.elsewhere();
    const read = await Promise.all(names.filter((_, at) => isHeld[at]).map(async (name) => ({ name, ...(await this.safe.get(name)) })));
    const found = read.filter((one) => one.typed && !this.isSaved(one));
    found.sort((one, other) => (other.name === sessionStorage[FIRST]) - (one.name === sessionStorage[FIRST]));
    if (!found.length) return;
    const [first, ...others] = found;
    this.restore(first);
    for (const other of others) this.notice.other(other.at, () => this.leaveFor(other.name));
  }

  /** Whether the page says all of it already, as the server gave it: then it was saved, and only the word was lost. */
  isSaved({ name, typed }) {
    const isSaved = Object.entries(typed).every(([field, said]) => isSame(said, this.given[field]));
    if (isSaved) this.safe.remove(name);
    return isSaved;
  }

  restore(kept) {
    const place = align(this.form, kept.rows);
    const [values, before, unplaced] = [{}, {}, []];
    for (const [name, said] of Object.entries(kept.typed)) {
      const now = place(name);
      if (now === null) unplaced.push(name);
      else if (!this.touched.has(now)) [values[now], before[now]] = [said, kept.before[name]];
    }
    this.id = kept.name.slice(this.beginning.length);
    this.before = { ...this.given, ...before };
    const missing = differing(values, read(this.form));
    unplaced.push(...write(this.form, missing));
    const isStale = this.putVersions(kept.versions, place);
    for (const name of Object.keys(values)) reveal(this.form.elements[name]);
    this.form.dispatchEvent(new CustomEvent("kept:restored", { detail: { basis: kept.basis } }));
    if (!Object.keys(missing).length && !unplaced.length) return;
    const words = unplaced.map((name) => [kept.labels[name] ?? name, kept.typed[name].map(({ label }) => label).join(", ")]);
    this.notice.again({ at: kept.at, isStale, unplaced: words, form: this.form, discard: () => this.discard() });
  }

  /** Lets the form stand for the state of the rows on which it was begun; true when one has another by now. */
  putVersions(versions, place) {
    let isStale = false;
    for (const [name, version] of Object.entries(versions)) {
      const field = this.form.elements[place(name)];
      if (!field || !version) continue;
      isStale ||= field.value !== version;
      field.value = version;
    }
    return isStale;
  }

  /** Looks soon whether anything has changed; whatever changed it. */
  look() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.store(), PAUSE);
  }

  async store() {
    if (!this.isReady || this.isOver) return;
    const { typed } = this;
    if (!Object.keys(typed).length) {
      if (this.kept) this.safe.remove(this.name);
      this.kept = "";
      return;
    }
    const said = { ...this.about(typed), typed };
    const text = JSON.stringify(said);
    if (text === this.kept) return;
    if (!this.kept) this.safe.hold(this.name);
    this.kept = text;
    try {
      await this.safe.put(this.name, said, () => !this.isOver && this.kept === text);
    } catch {
      this.notice.full();
    }
  }

  about(typed) {
    const names = Object.keys(typed);
    const pick = (give) => Object.fromEntries(names.map((name) => [name, give(name)]));
    const versions = [...this.form.elements].filter((field) => VERSION.test(field.name));
    return {
      before: pick((name) => this.before[name] ?? []),
      labels: pick((name) => labelOf([...this.form.elements].find((field) => field.name === name))),
      versions: Object.fromEntries(versions.map((field) => [field.name, field.value])),
      rows: parts(this.form),
      basis: this.form.elements.text_sha256?.value ?? "",
      path: location.pathname + location.search,
      title: document.title,
    };
  }

  discard() {
    this.end();
    this.safe.remove(this.name);
    leave(this.form);
  }

  async leaveFor(name) {
    await this.store();
    this.end();
    sessionStorage[FIRST] = name;
    leave(this.form);
  }

  end() {
    this.isOver = true;
  }
}

// The page is asked for afresh. A reload, or an address with a fragment, would have the browser put back what it shows.
function leave(form) {
  form.dispatchEvent(new CustomEvent("kept:leaving"));
  location.replace(location.pathname + location.search);
}

function addressOf(form) {
  return [location.pathname, form.id, form.dataset.keptOf ?? ""].join(" ");
}

function reveal(field) {
  for (let at = field?.closest?.("details"); at; at = at.parentElement.closest("details")) at.open = true;
}
