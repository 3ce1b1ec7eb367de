/** The points of interest on a session's replay. */
import { eventProps } from '#contract/events.ts';
import { compareText, readProps } from './summarise-events.ts';
import { formName } from './summarise-form.ts';
import { offsetOf } from './summarise-pages.ts';
import type { Goal, Mark, StoredEvent } from './summarise-shapes.ts';
import { cleanText, counted, titleCore } from './summarise-text.ts';

const mostMarks = 200;

/** `events`: each once, in order. */
export function summariseMarks(events: readonly StoredEvent[], goals: readonly Goal[], startedAt: Date): Mark[] {
  const ofGoals = goals.map(({ at, offsetMs, text }): Mark => ({ at, offsetMs, type: 'goal', text }));
  const told = new Set(goals.map(({ at }) => at.getTime()));
  const ofEvents = [...events.flatMap(notable), ...rageClicks(events)]
    // A form or a cart that is a goal is marked as that goal.
    .filter(({ at, type }) => (type !== 'form' && type !== 'cart') || !told.has(at.getTime()))
    .map((mark): Mark => ({ ...mark, offsetMs: offsetOf(mark.at, startedAt) }));
  return [...ofGoals, ...ofEvents]
    .sort((one, other) => one.at.getTime() - other.at.getTime() || compareText(`${one.type} ${one.text}`, `${other.type} ${other.text}`))
    .slice(0, mostMarks);
}

type Found = Omit<Mark, 'offsetMs'>;

function notable(event: StoredEvent): Found[] {
  const mark = formMark(event) ?? shopMark(event) ?? otherMark(event);
  return mark === null ? [] : [{ ...mark, at: event.at }];
}

type Described = Pick<Mark, 'type' | 'text'> | null;

function formMark(event: StoredEvent): Described {
  const started = readProps(event, 'form_start', eventProps.form_start);
  if (started !== null) return { type: 'form', text: `Started ${theForm(started.formId)}` };
  const left = readProps(event, 'form_abandon', eventProps.form_abandon);
  if (left !== null) {
    const field = formName(left.lastField ?? '');
    return { type: 'form', text: `Left ${theForm(left.formId)}${field === '' ? '' : ` at ${field}`}` };
  }
  const sent = readProps(event, 'form_submit', eventProps.form_submit);
  return sent === null ? null : { type: 'form', text: `Sent ${theForm(sent.formId)}` };
}

function theForm(formId: string): string {
  const name = formName(formId);
  return name === '' ? 'a form' : `the ${name} form`;
}

function shopMark(event: StoredEvent): Described {
  const named = (schema: typeof eventProps.product_view) => titleCore(readProps(event, event.type, schema)?.productName ?? '');
  switch (event.type) {
    case 'product_view':
      return { type: 'product', text: `Looked at ${quoted(named(eventProps.product_view))}` };
    case 'variant_select':
      return { type: 'product', text: `Chose a variant of ${quoted(named(eventProps.variant_select))}` };
    case 'add_to_cart': {
      const product = named(eventProps.add_to_cart);
      return { type: 'cart', text: product === '' ? 'Put a product in the cart' : `Put “${product}” in the cart` };
    }
    case 'upsell_click':
      return { type: 'cart', text: 'Followed an upsell' };
    default:
      return null;
  }
}

function quoted(product: string): string {
  return product === '' ? 'a product' : `“${product}”`;
}

function otherMark(event: StoredEvent): Described {
  const search = searchOf(event);
  if (search !== '') return { type: 'search', text: `Searched for “${search}”` };
  const errors = readProps(event, 'session_end', eventProps.session_end)?.errors ?? 0;
  if (errors > 0) return { type: 'error', text: `${counted(errors, 'script error')} during the visit` };
  if (event.type === 'cancel_saved') return { type: 'custom', text: 'Decided not to cancel' };
  const custom = cleanText(readProps(event, 'custom', eventProps.custom)?.name ?? '');
  return custom === '' ? null : { type: 'custom', text: custom };
}

/** What was searched for, safe to repeat; empty for other events. */
export function searchOf(event: StoredEvent): string {
  return cleanText(readProps(event, 'search_query', eventProps.search_query)?.query ?? '').replace(/["“”„«»]/gu, '');
}

/** Engagement events repeat the totals of their page: each place is marked once, with its largest count. */
function rageClicks(events: readonly StoredEvent[]): Found[] {
  const places = new Map<string, { at: Date; count: number; selector: string }>();
  for (const event of events) {
    for (const { selector, count } of readProps(event, 'engagement', eventProps.engagement)?.rageClicks ?? []) {
      const key = `${event.pageId} ${selector}`;
      const known = places.get(key);
      places.set(key, { at: known?.at ?? event.at, count: Math.max(count, known?.count ?? 0), selector });
    }
  }
  return [...places.values()].map(({ at, count, selector }) => {
    const place = cleanText(selector, 40);
    return { at, type: 'rageClick', text: `Clicked ${count} times in a row${place === '' ? '' : ` on ${place}`}` };
  });
}
