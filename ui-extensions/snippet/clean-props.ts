import { moneyOf } from './money.ts';
import { cleanText } from './page-life.ts';

/** What a page gives about an event, as it may be sent: plain values only, texts scrubbed and cut, `value` and `currency` as money. */
export function cleanProps(given: unknown): Record<string, unknown> {
  if (!isRecord(given)) return {};
  const props: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given).slice(0, 50)) {
    if (typeof value === 'string') props[name.slice(0, 100)] = cleanText(value);
    else if (typeof value === 'boolean' || Number.isFinite(value)) props[name.slice(0, 100)] = value;
  }
  const money = moneyOf(given.value, given.currency);
  if (money.currency) {
    delete props.value;
    Object.assign(props, money);
  }
  return props;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
