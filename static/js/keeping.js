// On every page of the editors' side: what is typed is kept in the browser until it is saved, for whoever typed it.

import { Keeper } from "./forms/keeper.js";
import { Notice } from "./forms/notice.js";
import { Safe, everything, isPresent, moveIn, wipe } from "./forms/safe.js";
import { fields } from "./forms/values.js";

const SAVED = /(?:^|; )saved_as=([^;]*)/; // archive.access.keeping names the cookie
const TOKEN = /(?:^|; )csrftoken=([^;]+)/;
const LOOK = ["input", "change", "click", "keyup", "focusout", "selectionchange"];
const NOT_KEPT = "#changelist-form, #logout-form";

const place = document.getElementById("kept");
const notice = new Notice(place);
const { person, leaving, sentAs } = place.dataset;
let keepers = [];

if (leaving) wipe();
else if (person) start();
else if (everything().length) notice.say(place.dataset.waiting);

async function start() {
  moveIn(person, Number(place.dataset.days));
  document.addEventListener("formdata", refreshToken, true);
  const canKeep = Boolean(globalThis.crypto?.subtle && navigator.locks);
  const forms = [...document.forms].filter(isKept);
  if (!canKeep) {
    if (forms.length) notice.say(place.dataset.notKept);
    return;
  }
  const safe = await Safe.open(place.dataset);
  forgetSaved(safe);
  document.querySelector("#logout-form")?.addEventListener("submit", (event) => {
    if (safe.names().length && !confirm(place.dataset.leave)) event.preventDefault();
  });
  keepers = forms.map((form) => new Keeper(form, safe, notice));
  listen(safe);
  await isComplete();
  for (const keeper of keepers) keeper.begin(sentAs);
}

function listen(safe) {
  const all = (act) => () => keepers.forEach(act);
  for (const type of LOOK) document.addEventListener(type, all((keeper) => keeper.look()), true);
  window.addEventListener("focus", all((keeper) => keeper.look())); // after a window that fills in a field of this one
  for (const type of ["pagehide", "blur"]) window.addEventListener(type, all((keeper) => keeper.store()));
  document.addEventListener("visibilitychange", all((keeper) => keeper.store()));
  // A page that saves without leaving has another form in place of the one that was sent.
  document.addEventListener("kept:answered", ({ detail: { form, isSaved } }) => {
    const sent = keepers.filter((keeper) => !keeper.form.isConnected);
    for (const keeper of sent) keeper.end();
    forgetSaved(safe);
    const keeper = new Keeper(form, safe, notice);
    keepers = [...keepers.filter((one) => !sent.includes(one)), keeper];
    place.replaceChildren();
    if (isSaved) keeper.beginAfresh();
    else keeper.begin(sent[0]?.id);
  });
}

function isKept(form) {
  return form.method === "post" && !form.matches(NOT_KEPT) && fields(form).length > 0;
}

/** Removes what the server says is saved. */
function forgetSaved(safe) {
  const ids = document.cookie.match(SAVED)?.[1].split("-") ?? [];
  for (const name of safe.names()) if (ids.includes(name.split(".").at(-1))) safe.remove(name);
  document.cookie = "saved_as=; path=/admin; max-age=0";
}

// Signing in again, here or in another window, changes the token that the server expects; not for what somebody else typed.
function refreshToken({ target, formData }) {
  const token = document.cookie.match(TOKEN)?.[1];
  if (token && target.method === "post" && isPresent(person)) formData.set("csrfmiddlewaretoken", token);
}

// Other scripts of the page make its fields ready first.
async function isComplete() {
  if (document.readyState !== "complete") await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  await new Promise((resolve) => setTimeout(resolve));
}
