// The keys of the desk, as each editor has them: kept in this browser.

import { latinKey } from "./latin.js";
import { words } from "./words.js";

const STORE = "desk-keys";

/** What a key does to the row that is pointed at, and the key that does it unless the editor has chosen another. */
export const ACTS = {
  accept: "Enter",
  dismiss: "Delete",
  change: "Insert",
  next: "Alt+ArrowDown",
  previous: "Alt+ArrowUp",
  "accept-all": "Ctrl+Enter",
  "dismiss-all": "Ctrl+Delete",
  "into-1": "Alt+1",
  "into-2": "Alt+2",
  "into-3": "Alt+3",
  forget: "Escape",
};

/** What an act is called: `data-act-…` of the page has it. */
function nameOf(act) {
  return words(`act${act.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase())}`);
}

/** A key with what is held down, as it is written: "Ctrl+Shift+Enter"; "" for one that only holds. */
export function written(event) {
  if (["Control", "Shift", "Alt", "Meta"].includes(event.key)) return "";
  const held = [event.ctrlKey && "Ctrl", event.altKey && "Alt", event.metaKey && "Meta", event.shiftKey && "Shift"];
  const plain = latinKey(event);
  const key = plain.length === 1 ? plain.toUpperCase() : plain;
  return [...held.filter(Boolean), key === " " ? "Space" : key].join("+");
}

export function chosen() {
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem(STORE) ?? "{}");
  } catch {
    // Storage that cannot be read is as good as empty.
  }
  return Object.fromEntries(
    Object.entries(ACTS).map(([act, key]) => [act, typeof kept[act] === "string" ? kept[act] : key]),
  );
}

/** What a key does; "" for nothing. */
export function keyOf(event) {
  const key = written(event);
  return key ? (Object.entries(chosen()).find(([, one]) => one === key)?.[0] ?? "") : "";
}

/** Why a key cannot be taken for an act; "" when it can. */
export function problem(act, key) {
  if (!key) return words("pressKey");
  if (/^(Shift\+)?[A-Z0-9]$/i.test(key)) return words("lettersPoint");
  if (/^(Shift\+)?(Arrow|Tab|Home|End|Page)/.test(key)) return words("keyMoves");
  const other = Object.entries(chosen()).find(([name, one]) => name !== act && one === key);
  return other ? words("keyTaken", { act: nameOf(other[0]) }) : "";
}

export function choose(act, key) {
  localStorage.setItem(STORE, JSON.stringify({ ...chosen(), [act]: key }));
}

export function reset() {
  localStorage.removeItem(STORE);
}

/** Shows the keys in a table with a box each, in which another key can be pressed. */
export function enhanceKeys(root) {
  if (!root) return;
  const rows = root.querySelector("tbody");
  const status = root.querySelector("[role=status]");
  const fill = () => {
    const keys = chosen();
    for (const input of rows.querySelectorAll("input")) input.value = keys[input.dataset.act];
  };
  rows.replaceChildren(
    ...Object.keys(ACTS).map((act) => {
      const row = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      const input = document.createElement("input");
      input.id = `key-${act}`;
      input.dataset.act = act;
      input.readOnly = true;
      const name = document.createElement("label");
      name.htmlFor = input.id;
      name.textContent = nameOf(act);
      head.append(name);
      const cell = document.createElement("td");
      cell.append(input);
      row.append(head, cell);
      return row;
    }),
  );
  rows.addEventListener("keydown", (event) => {
    const act = event.target.dataset?.act;
    const key = written(event);
    if (!act || !key || key === "Tab" || key === "Shift+Tab") return;
    event.preventDefault();
    event.stopPropagation();
    const why = problem(act, key);
    if (!why) choose(act, key);
    status.textContent = why || `${nameOf(act)}: ${key}`;
    fill();
  });
  root.querySelector("button").addEventListener("click", () => {
    reset();
    fill();
    status.textContent = words("keysAsAtFirst");
  });
  root.hidden = false;
  fill();
}
