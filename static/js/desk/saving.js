// Saves a claim without leaving the page: the text keeps its place, and what was entered survives a cut line.

const REGIONS = ["desk-text", "desk-labels", "desk-suggestions", "claim-panel"];

const SIGNED_OUT = "You are signed out. Sign in again in another tab, then save once more: all you entered is still here.";
const NO_ANSWER = "The server cannot be reached. Nothing is lost: try again in a moment.";

/** Sends the form. `onAnswer` is called with the page that came and what it says was saved, "" when it was refused. */
export async function save(form, onAnswer, submitter = null) {
  const status = form.querySelector("#desk-status");
  const button = form.querySelector(".submit button");
  status.textContent = "Saving …";
  button.disabled = true;
  try {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form, submitter) }).catch(() => {
      throw new Error(NO_ANSWER);
    });
    const address = new URL(response.url);
    if (!address.pathname.startsWith("/admin/desk/")) throw new Error(SIGNED_OUT);
    if (response.status === 403) throw new Error("You may not do this, or you are signed out.");
    if (response.status >= 500) throw new Error(`The server failed (${response.status}). Nothing is lost.`);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const saved = response.redirected ? (page.querySelector(".messagelist li")?.textContent.trim() ?? "Saved.") : "";
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
