// What a person has put into a form, by the names of its fields, and putting it back. Never what is secret or not
// theirs: passwords, files, tokens, and hidden fields, unless these say by `data-kept` that a choice is in them.

const NEVER = ["password", "file", "submit", "button", "reset", "image"];
const SECRET = /password|one-time-code|cc-/;
// The row that stands ready in a page to be copied for each new one.
const BLANK = "__prefix__";
// Two lists with arrows between them (groups and permissions of accounts): what is in them is not what is selected.
const PAIRS = ".selectfilter, .selectfilterstacked, .filtered";

/** The fields of a form that may be read, in the order of the page. */
export function fields(form) {
  return [...form.elements].filter(
    (field) =>
      field.name &&
      !field.name.includes(BLANK) &&
      !field.matches(PAIRS) &&
      "value" in field &&
      !field.matches(":disabled") &&
      !NEVER.includes(field.type) &&
      !(field.type === "hidden" && !("kept" in field.dataset)) &&
      !SECRET.test(field.autocomplete ?? ""),
  );
}

/** What each field says: { name: [{ value, label }] }; of boxes and lists, what is chosen. */
export function read(form) {
  return collect(form, (field) => {
    if (isBox(field)) return field.checked ? [{ value: field.value, label: labelOf(field) }] : [];
    return field.options ? chosen(field, "selected") : [{ value: field.value, label: field.value }];
  });
}

/** What each field said when the page came. */
export function initial(form) {
  return collect(form, (field) => {
    if (isBox(field)) return field.defaultChecked ? [{ value: field.value }] : [];
    if (!field.options) return [{ value: field.type === "hidden" ? (field.dataset.kept ?? "") : field.defaultValue }];
    const given = chosen(field, "defaultSelected");
    return given.length || field.multiple || !field.options.length ? given : [{ value: field.options[0].value }];
  });
}

/** Of what a form says, the fields that say something else than in `before`. */
export function differing(now, before) {
  return Object.fromEntries(Object.entries(now).filter(([name, said]) => !isSame(said, before[name])));
}

export function isSame(one, other) {
  const values = (said) => JSON.stringify((said ?? []).map(({ value }) => value));
  return values(one) === values(other);
}

/** Puts values back into the fields that they are of; returns the names that have no place in the form any more. */
export function write(form, values) {
  const isHidden = (name) => fields(form).some((field) => field.name === name && field.type === "hidden");
  // Typing empties the hidden choice behind a box, so what is hidden comes last.
  const names = Object.keys(values);
  const ordered = [...names.filter((name) => !isHidden(name)), ...names.filter(isHidden)];
  return ordered.filter((name) => !writeField(form, name, values[name]));
}

function writeField(form, name, said) {
  const found = fields(form).filter((field) => field.name === name);
  const places = found.map((field) => put(field, said, found));
  for (const field of found) {
    if (field.type !== "hidden") for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  }
  return places.length > 0 && said.every(({ value }) => places.some((taken) => taken.includes(value)));
}

function put(field, said, all) {
  const values = said.map(({ value }) => value);
  if (isBox(field)) {
    field.checked = values.includes(field.value);
    return [field.value];
  }
  if (field.options) return putOptions(field, said);
  const number = all.indexOf(field);
  if (number < values.length) field.value = values[number];
  return values;
}

function putOptions(field, said) {
  for (const { value, label } of said) {
    // A list that asks the server has only the options that were chosen in it.
    const isAsking = "ajax-Url" in field.dataset || field.matches(".admin-autocomplete");
    if (isAsking && ![...field.options].some((option) => option.value === value)) field.add(new Option(label, value));
  }
  const values = said.map(({ value }) => value);
  for (const option of field.options) option.selected = values.includes(option.value);
  return [...field.options].map((option) => option.value);
}

function collect(form, say) {
  const all = {};
  for (const field of fields(form)) (all[field.name] ??= []).push(...say(field));
  return all;
}

function chosen(field, how) {
  return [...field.options].filter((option) => option[how]).map((option) => ({ value: option.value, label: option.text }));
}

function isBox(field) {
  return field.type === "radio" || field.type === "checkbox";
}

/** What the page calls a field, or one choice of it. */
export function labelOf(field) {
  return field.labels?.[0]?.textContent.trim() ?? field.value;
}
