/** Finds IBANs: lengths by country from the SWIFT registry, and the check of ISO 7064 mod 97-10. */
import type { Redact } from './scrub-text.ts';

const registry =
  'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27' +
  'GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24' +
  'PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30';

const lengths: ReadonlyMap<string, number> = new Map(
  (registry.match(/.{4}/g) ?? []).map((entry): [string, number] => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** Characters of an IBAN of this country (two letters in any case), or null when the country has none. */
function ibanLength(country: string): number | null {
  return lengths.get(country.toUpperCase()) ?? null;
}

/** Whether the check digits fit. `value` is letters and digits only. */
export function isIban(value: string): boolean {
  let remainder = 0;
  const text = value.slice(4) + value.slice(0, 4);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // A letter in either case counts from 10.
    const digit = code < 58 ? code - 48 : (code & 31) + 9;
    remainder = (remainder * (digit > 9 ? 100 : 10) + digit) % 97;
  }
  return remainder === 1;
}

const ibanStart = /[A-Za-z]{2}[\s.-]?\d[\s.-]?\d(?=[\s.-]{0,2}[A-Za-z0-9])/g;
/** Letters and digits, in groups or not: no more than the longest IBAN. */
const ibanRun = /[A-Za-z0-9](?:[\s.-]{0,2}[A-Za-z0-9]){14,33}/y;

export function redactIbans(text: string, redact: Redact): string {
  let clean = '';
  let done = 0;
  ibanStart.lastIndex = 0;
  for (let match = ibanStart.exec(text); match !== null; match = ibanStart.exec(text)) {
    const end = endOfIban(text, match.index);
    ibanStart.lastIndex = end ?? match.index + 1;
    if (end === null) continue;
    clean += text.slice(done, match.index) + redact('iban', text.slice(match.index, end));
    done = end;
  }
  return clean + text.slice(done);
}

/** Where the IBAN that begins at `start` ends, groups and all; null when it is none. */
function endOfIban(text: string, start: number): number | null {
  const length = ibanLength(text.slice(start, start + 2));
  if (length === null) return null;
  ibanRun.lastIndex = start;
  const run = ibanRun.exec(text)?.[0] ?? '';
  const value = run.replace(/[^A-Za-z0-9]/g, '').slice(0, length);
  return value.length === length && isIban(value) ? start + lengthInText(run, length) : null;
}

function lengthInText(run: string, count: number): number {
  let left = count;
  let at = 0;
  for (; left > 0; at += 1) left -= /[A-Za-z0-9]/.test(run.charAt(at)) ? 1 : 0;
  return at;
}
