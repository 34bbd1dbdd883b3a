// Keeps what somebody typed in this browser, so that only they can read it: encrypted under a key that the server gives
// to nobody else. It is gone once they sign out, once somebody else signs in here, or after the days that the server says.

const KEPT = "typed.";
const PERSON = "typed-by"; // whose words may be kept here now
const WAIT = 1_000; // milliseconds for the page before this one to be gone
const CHUNK = 0x8000;

/** The names of all that is kept here, by whomever. */
export function everything() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(KEPT));
  } catch {
    return []; // storage is switched off
  }
}

export function wipe() {
  for (const name of everything()) localStorage.removeItem(name);
  try {
    localStorage.removeItem(PERSON);
  } catch {
    // Nothing can be there.
  }
}

/** Whether this is the person who used the browser last: another window may have signed in somebody else. */
export function isPresent(person) {
  try {
    return Boolean(person) && localStorage.getItem(PERSON) === person;
  } catch {
    return false;
  }
}

/** Removes what others typed, and what is older than so many days. */
export function moveIn(person, days) {
  try {
    localStorage.setItem(PERSON, person);
  } catch {
    return;
  }
  const oldest = Date.now() - days * 86_400_000;
  for (const name of everything()) {
    const isOld = !(Number.parseInt(localStorage.getItem(name), 10) > oldest);
    if (isOld || !name.startsWith(`${KEPT}${person}.`)) localStorage.removeItem(name);
  }
}

/** What one person typed. Names are `typed.PERSON.FORM.ID`, where FORM is a digest and ID one sitting at the form. */
export class Safe {
  static async open({ person, key }) {
    const safe = new Safe();
    safe.person = person;
    safe.secret = key;
    const bytes = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
    safe.key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    return safe;
  }

  get isOpen() {
    return isPresent(this.person);
  }

  /** The beginning of the names of all that was typed into one form. */
  async of(form) {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${this.secret} ${form}`));
    const hex = [...new Uint8Array(digest).slice(0, 12)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return `${KEPT}${this.person}.${hex}.`;
  }

  /** Names that begin so, the newest first. */
  names(beginning = `${KEPT}${this.person}.`) {
    const at = (name) => Number.parseInt(localStorage.getItem(name), 10);
    return everything()
      .filter((name) => name.startsWith(beginning))
      .toSorted((one, other) => at(other) - at(one));
  }

  /** What is kept under a name, with `at`, when; null where nothing is, or nothing that can be read. */
  async get(name) {
    const [at, text] = (localStorage.getItem(name) ?? "").split(".");
    if (!text) return null;
    try {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      const algorithm = { name: "AES-GCM", iv: bytes.slice(0, 12), additionalData: new TextEncoder().encode(name) };
      const plain = await crypto.subtle.decrypt(algorithm, this.key, bytes.slice(12));
      return { ...JSON.parse(new TextDecoder().decode(plain)), at: Number(at) };
    } catch {
      return null;
    }
  }

  /** Keeps something, unless it is no longer `isWanted` once it is encrypted. Throws where the browser has no room. */
  async put(name, said, isWanted) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const algorithm = { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(name) };
    const secret = await crypto.subtle.encrypt(algorithm, this.key, new TextEncoder().encode(JSON.stringify(said)));
    if (this.isOpen && isWanted()) localStorage.setItem(name, `${Date.now()}.${base64(iv)}${base64(new Uint8Array(secret))}`);
  }

  remove(name) {
    localStorage.removeItem(name);
  }

  /** Takes a name for this window until it is gone; false while another window has it. */
  hold(name) {
    return new Promise((resolve) => {
      const taken = () => {
        resolve(true);
        return new Promise(() => {});
      };
      navigator.locks.request(name, { signal: AbortSignal.timeout(WAIT) }, taken).catch(() => resolve(false));
    });
  }
}

// Twelve bytes make sixteen letters without padding, so that two texts can stand one after the other.
function base64(bytes) {
  let letters = "";
  for (let at = 0; at < bytes.length; at += CHUNK) letters += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(letters);
}
