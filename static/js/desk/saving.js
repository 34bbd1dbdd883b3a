// Saves a claim without leaving the page: the text keeps its place, and what was entered survives a cut line.

import { words } from "./words.js";

const REGIONS = ["desk-text", "desk-labels", "desk-suggestions", "claim-panel"];

/** Sends the form. `onAnswer` is called with the page that came and what it says was saved, "" when it was refused. */
export async function save(form, onAnswer, submitter = null) {
  const status = form.querySelector("#desk-status");
  const button = form.querySelector(".submit button");
  status.textContent = words("saving");
  button.disabled = true;
  try {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form, submitter) }).catch(() => {
      throw new Error(words("noAnswer"));
    });
    const address = new URL(response.url);
    if (!address.pathname.startsWith("/admin/desk/")) throw new Error(words("signedOutSaving"));
    if (response.status === 403) throw new Error(words("refused"));
    if (response.status >= 500) throw new Error(words("failed", { status: response.status }));
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const saved = response.redirected ? (page.querySelector(".messagelist li")?.textContent.trim() ?? words("saved")) : "";
    await onAnswer(page, saved);
    if (response.redirected) history.replaceState(null, "", address);
  } catch (error) {
    button.disabled = false;
    status.textContent = error.message;
  }
}

/** Puts what a new page has into the regions of this one. */
export function replaceRegions(page, regions = REGIONS) {
  for (const id of regions) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id).replaceChildren(...fresh.childNodes);
  }
}
