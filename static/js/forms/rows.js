// The rows of a part of a form (Django's formsets): which row stood where, and where it stands now.

const ROW = /^(.+)-(\d+)-([^-]+)$/;

/** The parts of a form: { prefix: the keys of its rows in their order, "" for a row that is new }. */
export function parts(form) {
  const found = {};
  for (const count of form.querySelectorAll('input[name$="-TOTAL_FORMS"]')) {
    const prefix = count.name.replace(/-TOTAL_FORMS$/, "");
    found[prefix] = Array.from({ length: Number(count.value) }, (_, at) => form.elements[`${prefix}-${at}-id`]?.value ?? "");
  }
  return found;
}

/** Adds the rows that were new, and returns what gives a name of then its name of now, or null where the row is gone. */
export function align(form, before) {
  const now = parts(form);
  const places = {};
  for (const [prefix, keys] of Object.entries(before)) {
    if (!(prefix in now)) continue;
    places[prefix] = keys.map((key) => (key ? now[prefix].indexOf(key) : add(form, prefix)));
  }
  return (name) => {
    const [, prefix, at, rest] = name.match(ROW) ?? [];
    if (!(prefix in places) || !(at in places[prefix])) return name;
    const place = places[prefix][at];
    return place < 0 ? null : `${prefix}-${place}-${rest}`;
  };
}

function add(form, prefix) {
  const count = form.elements[`${prefix}-TOTAL_FORMS`];
  const place = Number(count.value);
  document.querySelector(`#${CSS.escape(prefix)}-group .add-row a`)?.click();
  return Number(count.value) > place ? place : -1;
}
