// What the scripts of the desk say, in the words that the page gave them: in the language of the editor.

/** Words by their name, with what stands for {…} in them. */
export function words(name, values = {}) {
  const said = document.getElementById("desk-words")?.dataset[name] ?? name;
  return said.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}
