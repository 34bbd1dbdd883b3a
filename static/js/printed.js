// On paper: the day on which it was printed. Without scripts the browser's own header says it.

const line = document.querySelector("#printed");
const language = document.documentElement.lang === "ar" ? "ar-SY-u-nu-latn" : "en-GB";

addEventListener("beforeprint", () => {
  const date = new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(new Date());
  line.textContent = line.dataset.printed.replace("{date}", date);
});
