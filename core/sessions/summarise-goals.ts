/** What was done in a session, each goal once: a form sent twice, or seen by two detectors, is one wish. */
import { eventProps } from '#contract/events.ts';
import { compareText, readProps } from './summarise-events.ts';
import { formGoal, formName } from './summarise-form.ts';
import { offsetOf } from './summarise-pages.ts';
import { pricingGoal } from './summarise-pricing.ts';
import type { Goal, GoalKind, PageSummary, StoredEvent } from './summarise-shapes.ts';
import { cleanText, titleCore } from './summarise-text.ts';

/** `events`: each once, in order. */
export function summariseGoals(events: readonly StoredEvent[], pages: readonly PageSummary[], startedAt: Date): Goal[] {
  const pageOf = new Map(pages.map((page) => [page.pageId, page]));
  const explicit = pagesWithOwnWord(events);
  const found = new Map<string, Found>();
  const keep = (key: string, goal: Found) => found.set(key, found.get(key) ?? goal);
  for (const event of events) {
    const page = pageOf.get(event.pageId);
    const deed = deedOf(event) ?? sentForm(event, page, explicit);
    if (deed !== null) keep(deed.key, { kind: deed.kind, text: deed.text, at: event.at, dwellMs: page?.activeMs ?? 0 });
  }
  const checkout = pages.find((page) => page.kind === 'checkout');
  if (checkout !== undefined && !found.has('purchase')) {
    keep('checkout', { kind: 'checkout', text: 'Went to the checkout', at: checkout.at, dwellMs: checkout.activeMs });
  }
  for (const [key, goal] of startedForms(events, pageOf)) if (!found.has(key)) keep(`started ${key}`, goal);
  const pricing = pricingGoal(events, pages);
  return [...found.values(), ...(pricing === null ? [] : [pricing])]
    .map((goal) => ({ ...goal, offsetMs: offsetOf(goal.at, startedAt) }))
    .sort((one, other) => one.at.getTime() - other.at.getTime() || compareText(`${one.kind} ${one.text}`, `${other.kind} ${other.text}`));
}

type Found = Omit<Goal, 'offsetMs'>;
/** `key`: the same key in one session is the same goal. */
interface Deed {
  readonly key: string;
  readonly kind: GoalKind;
  readonly text: string;
}

function deedOf(event: StoredEvent): Deed | null {
  switch (event.type) {
    case 'purchase': {
      const props = readProps(event, 'purchase', eventProps.purchase);
      return { key: `purchase ${props?.orderId ?? ''}`, kind: 'purchase', text: `Placed an order${money(props)}` };
    }
    case 'demo_request':
      return { key: 'demoRequest', kind: 'demoRequest', text: 'Asked for a demo' };
    case 'trial_signup': {
      const plan = titleCore(readProps(event, 'trial_signup', eventProps.trial_signup)?.plan ?? '');
      return { key: 'trialSignup', kind: 'trialSignup', text: plan === '' ? 'Signed up for a trial' : `Signed up for a trial of ${plan}` };
    }
    case 'begin_checkout':
    case 'checkout_view':
    case 'checkout_form_complete':
      return { key: 'checkout', kind: 'checkout', text: 'Went to the checkout' };
    case 'add_to_cart': {
      const product = titleCore(readProps(event, 'add_to_cart', eventProps.add_to_cart)?.productName ?? '');
      return { key: 'addToCart', kind: 'addToCart', text: product === '' ? 'Put a product in the cart' : `Put “${product}” in the cart` };
    }
    case 'add_to_wishlist':
      return { key: 'wishlist', kind: 'wishlist', text: 'Put a product on the wish list' };
    case 'product_compare':
      return { key: 'compare', kind: 'compare', text: 'Compared products' };
    case 'subscription_change': {
      const to = titleCore(readProps(event, 'subscription_change', eventProps.subscription_change)?.to ?? '');
      return { key: 'subscription', kind: 'subscriptionChange', text: to === '' ? 'Changed the plan' : `Changed the plan to ${to}` };
    }
    case 'cancel_intent':
    case 'cancel_confirmed':
      return { key: 'cancel', kind: 'cancelIntent', text: 'Started to cancel' };
    default:
      return null;
  }
}

function sentForm(event: StoredEvent, page: PageSummary | undefined, explicit: ReadonlySet<string>): Deed | null {
  const props = readProps(event, 'form_submit', eventProps.form_submit);
  if (props === null || explicit.has(event.pageId)) return null;
  const kind = formGoal(props.formId, page?.kind ?? 'other');
  return kind === null ? null : { key: formKey(kind, props.formId), kind, text: sentFormText(kind, props.formId) };
}

function sentFormText(kind: GoalKind, formId: string): string {
  switch (kind) {
    case 'demoRequest':
      return 'Asked for a demo';
    case 'trialSignup':
      return 'Signed up for a trial';
    case 'newsletter':
      return 'Subscribed to the newsletter';
    case 'supportRequest':
      return 'Asked support for help';
    case 'jobApplication':
      return 'Applied for a job';
    case 'checkout':
      return 'Went to the checkout';
    default: {
      const name = formName(formId);
      return name === '' ? 'Sent a form' : `Sent the ${name} form`;
    }
  }
}

/** Forms begun, by the key their sending would have had. */
function startedForms(events: readonly StoredEvent[], pageOf: ReadonlyMap<string, PageSummary>): [string, Found][] {
  const sentOn = new Set(events.filter(({ type }) => type === 'form_submit').map(({ pageId }) => pageId));
  return events.flatMap((event): [string, Found][] => {
    const props = readProps(event, 'form_start', eventProps.form_start) ?? readProps(event, 'form_abandon', eventProps.form_abandon);
    const page = pageOf.get(event.pageId);
    if (props === null || page === undefined || sentOn.has(event.pageId)) return [];
    const kind = formGoal(props.formId, page.kind);
    if (kind !== 'demoRequest' && kind !== 'trialSignup' && kind !== 'formSubmit') return [];
    const name = { demoRequest: 'demo', trialSignup: 'sign-up', formSubmit: formName(props.formId) }[kind];
    const text = name === '' ? 'Started a form without sending it' : `Started the ${name} form without sending it`;
    return [[formKey(kind, props.formId), { kind: 'formStart', text, at: event.at, dwellMs: page.activeMs }]];
  });
}

function formKey(kind: GoalKind, formId: string): string {
  return kind === 'formSubmit' ? `formSubmit ${formId}` : kind;
}

/** A form sent on a page that also told what it was for is that same deed. */
function pagesWithOwnWord(events: readonly StoredEvent[]): ReadonlySet<string> {
  const words = new Set(['demo_request', 'trial_signup', 'purchase', 'begin_checkout', 'checkout_view', 'checkout_form_complete']);
  return new Set(events.filter(({ type }) => words.has(type)).map(({ pageId }) => pageId));
}

function money(props: { valueMinor?: number | undefined; currency?: string | undefined } | null): string {
  if (props?.valueMinor === undefined || props.currency === undefined || !/^[a-z]{3}$/iu.test(props.currency)) return '';
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: props.currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return ` of ${cleanText(format.format(props.valueMinor / 10 ** digits), 40)}`;
}
