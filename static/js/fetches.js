// While addresses are being fetched, the list of them is looked at again every few seconds; the form is left alone.

const PAUSE = 2_000; // milliseconds

async function look() {
  const shown = document.getElementById("fetches");
  if (!shown || !("pending" in shown.dataset)) return;
  if (!document.hidden && !shown.contains(document.activeElement)) {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } }).catch(() => null);
    if (answer?.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const news = page.getElementById("fetches");
      if (!news) return; // signed out meanwhile
      if (!shown.contains(document.activeElement)) shown.replaceWith(document.adoptNode(news));
    }
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
