import { isAnnounced } from './catalogue.ts';
import { isRecord } from './is-record.ts';
import { moneyOf } from './money.ts';
import { cleanText, oneLine } from './page-life.ts';
import { scrubText } from './scrub-text.ts';

/** In the catalogue these are texts, though shops count in numbers. */
const named = /Id$|^(?:productName|step|plan|from|to|query)$/;

/** What a page gives about an event, as it may be sent: plain values only, texts scrubbed and cut, `value` and `currency` as money. `type`: of which event. */
export function cleanProps(given: unknown, type = ''): Record<string, unknown> {
  if (!isRecord(given)) return {};
  const props: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given).slice(0, 50)) {
    const key = cleanText(name, 100);
    const plain = plainOf(key, value, type);
    if (plain !== undefined) props[key] = plain;
  }
  const money = moneyOf(given.value, given.currency);
  if (money.currency) {
    delete props.value;
    Object.assign(props, money);
  }
  return props;
}

function plainOf(key: string, value: unknown, type: string): string | number | boolean | undefined {
  if (typeof value === 'string') return /^sub|^trial/.test(type) && isOffered(value) ? scrubText(oneLine(value)) : cleanText(value);
  if (typeof value === 'number' && Number.isFinite(value)) return named.test(key) && isAnnounced(type) ? String(value) : value;
  return typeof value === 'boolean' ? value : undefined;
}

/** A plan that the page offers to choose from: who chose it did not type it. */
function isOffered(value: string): boolean {
  return [...document.querySelectorAll<HTMLOptionElement | HTMLInputElement>('option,[type="radio"]')].some((each) => {
    const text = each.textContent.trim();
    return value !== '' && (each.value === value || (text.startsWith(value) && !/^[\p{L}\p{N}]/u.test(text.slice(value.length))));
  });
}
