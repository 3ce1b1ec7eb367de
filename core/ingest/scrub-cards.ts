/** Says whether digits, with whatever separates them, hold the number of a payment card. */

/** Prices in a row are no card, and neither are two dates. */
const price = /(?<![\d.])\d+\.\d{1,2}(?![\d.])/;
const date =
  /(?<!\d)(?:(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|[12]\d|3[01])\2(?:19|20)\d\d)(?!\d)/g;
const sizes = { least: 13, most: 19 } as const;
/** First digits that payment networks use: what is only a part of a longer number has to look like a card to count as one. */
const network = /^(?:2[2-7]|3[04-9]|4|5[0-8]|6[0-9])/;

export function hasCard(found: string): boolean {
  const digits = found.replace(/\D/g, '');
  if (digits.length < sizes.least) return false;
  // Nobody writes a number this long; something is hidden in it.
  return (
    digits.length > 64 ||
    found
      .replace(date, ' . ')
      .split(price)
      .some((part) => holdsCard(part.match(/\d+/g) ?? []))
  );
}

/** @param groups digits as the separators part them. */
function holdsCard(groups: readonly string[]): boolean {
  const all = groups.join('');
  if (isCard(all)) return true;
  return isWindowCard(groups) || groups.some((group) => group.length > sizes.least && hasCardInside(group));
}

/** Some groups of many: its expiry date or an order number stands beside it. */
function isWindowCard(groups: readonly string[]): boolean {
  for (let from = 0; from < groups.length; from += 1) {
    let digits = '';
    for (let to = from; to < groups.length && digits.length < sizes.most; to += 1) {
      digits += groups[to];
      const window = groups.slice(from, to + 1);
      if (window.length < groups.length && network.test(digits) && isGroupedAsCard(window) && isCard(digits)) return true;
    }
  }
  return false;
}

/** Of digits in boxes of their own: first and last index of each run of boxes that is a card. */
export function cardWindows(groups: readonly string[]): (readonly [from: number, to: number])[] {
  const windows: (readonly [number, number])[] = [];
  for (let from = 0; from < groups.length; from += 1) {
    const to = groups.findIndex((_, last) => last > from + 1 && isBoxedCard(groups.slice(from, last + 1)));
    if (to === -1) continue;
    windows.push([from, to]);
    from = to;
  }
  return windows;
}

/** Boxes of one digit, of four, or of 4-6-5 as Amex has it. */
function isBoxedCard(groups: readonly string[]): boolean {
  const shape = groups.map((group) => group.length).join('-');
  const digits = groups.join('');
  return /^(?:1(?:-1){12,18}|4(?:-4){2,3}(?:-[1-4])?|4-6-[45])$/.test(shape) && network.test(digits) && isCard(digits);
}

/** Four by four, 4-6-5, one long run, or digit by digit; a date is grouped otherwise. */
function isGroupedAsCard(groups: readonly string[]): boolean {
  const [first = ''] = groups;
  if (groups.length === 1) return true;
  const inner = groups.slice(0, -1);
  return inner.every((group) => group.length >= 4) || (first.length <= 2 && inner.every((group) => group.length === first.length));
}

function hasCardInside(group: string): boolean {
  for (let start = 0; start + sizes.least <= group.length; start += 1) {
    for (const length of [16, 15, 19, 14, 13]) {
      const window = group.slice(start, start + length);
      if (window.length === length && network.test(window) && isCard(window)) return true;
    }
  }
  return false;
}

function isCard(digits: string): boolean {
  return digits.length >= sizes.least && digits.length <= sizes.most && passesLuhn(digits);
}

function passesLuhn(digits: string): boolean {
  // All zeros pass, and are no card.
  if (/^0+$/.test(digits)) return false;
  let sum = 0;
  for (let back = 0; back < digits.length; back += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - back) - 48;
    const doubled = back % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
