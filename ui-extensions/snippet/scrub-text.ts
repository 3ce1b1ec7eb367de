/** Stands for what was taken out. Of one length, so that it says nothing about the length of the value. */
export const hidden = '•••';

const worthALook = /[@\d_]|%40|eyJ|bearer/i;

const email = /[^\s@<>"'(),;:/?&=]{1,64}(?:@|%40)[^\s@<>"'(),;:/?&=]{1,253}\.\p{L}{2,24}/giu;
/** Tokens and keys: recognised by their shape alone. */
const secrets = [
  /\beyJ[\w-]{6,}(?:\.[\w-]*){0,4}/g,
  /\b(?:[sprw]k|gh[a-z]|glpat|whsec|shp[a-z]{2})[_-]\w[\w-]{9,}|\bxox[a-z]-[\w-]{8,}|\b(?:ya29\.|SG\.|AIza)[\w.-]{16,}|\bA[KS]IA[A-Z0-9]{12,}/g,
  /\bbearer\s+[\w.~+/=-]{8,}/gi,
];

/** Phone numbers as people write them: international, with an area code in brackets, or in groups; and US social security numbers. */
const phones = [
  /(?<![\w+])(?:\+|00)[1-9](?:[\s().\-/\u00a0]{0,3}\d){6,14}(?!\d)/g,
  /\(\d{2,5}\)[\s\u00a0]?\d(?:[\s.\-\u00a0]?\d){4,9}(?!\d)/g,
  /(?<![\d.,-])\d{3}([-.\s\u00a0])\d{3}\1\d{4}(?![\d-])/g,
  /(?<![\d.,:-])0\d{1,4}[\s/\u00a0-]\d(?:[\s-]?\d){4,9}(?![\d-])/g,
  /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/g,
];

const iban = /\b[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z0-9]){11,30}/g;
const longNumber = /\d(?:[\s.\-\u00a0\u2010-\u2015]{0,2}\d){12,}/g;

/** Hides e-mail addresses, card numbers, IBANs, tokens, keys and phone numbers. The rest stays as it is. */
export function scrubText(text: string): string {
  if (!worthALook.test(text)) return text;
  const withoutNumbers = scrubSecrets(text)
    .replace(iban, hideIban)
    .replace(longNumber, (match) => (holdsCard(match) ? hidden : match));
  return phones.reduce((rest, phone) => rest.replace(phone, hidden), withoutNumbers);
}

/** The part of `scrubText` that is safe for CSS and identifiers, where long numbers are ordinary. */
export function scrubSecrets(text: string): string {
  const withoutEmail = /@|%40/.test(text) ? text.replace(email, hidden) : text;
  return secrets.reduce((rest, secret) => rest.replace(secret, hidden), withoutEmail);
}

/** Whether 13 to 19 of the digits in a row pass the check digit of payment cards (ISO/IEC 7812). */
function holdsCard(match: string): boolean {
  const digits = match.replace(/\D/g, '').slice(0, 200);
  for (let start = 0; start + 13 <= digits.length; start++) {
    for (let length = 13; length <= 19 && start + length <= digits.length; length++) {
      if (passesLuhn(digits.slice(start, start + length))) return true;
    }
  }
  return false;
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    sum += place % 2 ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return sum % 10 === 0;
}

/** A word in capitals may stand right behind the number. */
function hideIban(match: string): string {
  for (let end = match.length; end >= 15; end--) if (isIban(match.slice(0, end))) return hidden + match.slice(end);
  return match;
}

/** The check of ISO 13616: letters become numbers, the first four characters move to the end, and the remainder by 97 is 1. */
function isIban(match: string): boolean {
  const plain = match.replace(/[^A-Za-z0-9]/g, '');
  let rest = 0;
  for (const character of plain.slice(4) + plain.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
