// Keys as a Latin keyboard has them: letters by where they lie when the keyboard writes another script, digits of any.

const DIGITS = ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"];

/** The key of an event: what it writes, but A–Z for a letter of another script on that key, and 0–9 for its digits. */
export function latinKey({ key, code = "" }) {
  const digit = DIGITS.map((row) => row.indexOf(key)).find((at) => key && at >= 0);
  if (digit !== undefined) return String(digit);
  const isOfOtherScript = /^[^\p{ASCII}]/u.test(key) && /\p{L}/u.test(key) && !/\p{Script=Latin}/u.test(key);
  return (isOfOtherScript && code.match(/^Key([A-Z])$/)?.[1].toLowerCase()) || key;
}
