/**
 * What happens in a shop or to a subscription can be seen in several ways: the site says it, GA4 says it, or the page shows it. It counts
 * once. What is said counts at once; what is merely seen waits two seconds for somebody to say it better.
 */
import type { AnnouncedType } from './catalogue.ts';
import { emit } from './emit.ts';
import { now, onLeave, onPage, onTick } from './page-life.ts';
import { session } from './session.ts';
import { read, remove, write } from './storage.ts';

type Props = Record<string, unknown>;

const boughtName = '_ll_bought';
const begunName = '_ll_begun';
const wayName = '_ll_way';
/** As long as a session pauses at most: a checkout that is entered again is the same one. */
const checkoutMs = 1_800_000;
const patienceMs = 2_000;
/** Said a moment ago: what is seen now is the same. */
const sameMs = 2_500;
/** These happen as often as they happen; the others once on a page. */
const repeated = /^(?:add_|variant|product_compare|upsell|checkout_view|subscription)/;

/** What was seen of them completes what is said. */
const completed = /demo|trial|form|purchase/;

interface Seen {
  readonly props: Props;
  readonly at: number;
  /** How it was seen: clicked, asked for, … The same sign twice is two things, two signs are one. */
  readonly signs: string;
}

const seen = new Map<AnnouncedType, Seen>();
const said = new Map<AnnouncedType, { props: Props; at: number; signs?: string; isHeard?: true }>();
/** The page showed its order, and that was told: another number for it is no other order. */
let isOrderShown = false;
let toldHere = new Set<string>();
let bought = '';
/** When the checkout that was last told of began, and its value. */
let begun = '';
/** A link leads to the checkout: the page behind it may say it better. */
let isOnTheWay = false;
/** What the page's product is called, while only the page showed it. */
let shown = '';
/** The product of the page, as far as it was told. */
export const product: Props = {};

export function watchShopEvents(): void {
  onPage(() => {
    toldHere = new Set();
    setProduct({});
    shown = '';
    isOrderShown = false;
    if (read(wayName)) see('begin_checkout');
    remove(wayName);
  });
  onTick(() => {
    rememberBought();
    tellSeen(Date.now() - patienceMs);
  });
}

/** After the others have looked at the page for the last time. */
export function tellOnLeave(): void {
  onLeave(() => {
    // Its next page may say it better, and tells it otherwise.
    if (isOnTheWay && session.sid && seen.has('begin_checkout') && write(wayName, '1')) seen.delete('begin_checkout');
    isOnTheWay = false;
    tellSeen(Date.now());
  });
}

/** `isNear`: a link leads there, within this site. */
export function seeCheckout(isNear: boolean): void {
  isOnTheWay = isNear;
  see('begin_checkout');
}

/** The page shows it. */
export function see(type: AnnouncedType, props: Props = {}, sign = ''): void {
  const before = seen.get(type);
  const isTold = toldHere.has(type + (props.query ?? '')) && !repeated.test(type);
  // The order is known by this number too.
  if (isTold && type === 'purchase') isNewOrder(props);
  if (isTold || wasSaid(type, props, sign)) return;
  // A page shows one product, whatever numbers it goes by.
  if (type === 'product_view') setProduct({ ...props, ...product });
  else if (before && (!isSame(before.props, props) || (sign && before.signs.includes(sign)))) tellSeen(before.at, type);
  const known = seen.get(type);
  seen.set(type, { props: { ...props, ...known?.props }, at: known?.at ?? now(), signs: sign + known?.signs });
}

/** The data layer says it, where the page itself does not say it too. */
export function hear(type: AnnouncedType, props: Props): void {
  if (!said.get(type)?.isHeard && wasSaid(type, props)) return;
  tell(type, props);
  said.set(type, { props, at: now(), isHeard: true });
}

/** Somebody says it. */
export function tell(type: AnnouncedType, props: Props, at = now()): void {
  const more = seen.get(type)?.props;
  if (type === 'purchase' && more && isBought(orderKey(more))) isOrderShown = true;
  seen.delete(type);
  said.set(type, { props, at });
  announce(type, { ...(completed.test(type) && more), ...props }, at);
  if (type === 'purchase' && more) isNewOrder(more);
}

function wasSaid(type: AnnouncedType, props: Props, sign = ''): boolean {
  const last = said.get(type);
  return last !== undefined && now() - last.at < sameMs && isSame(last.props, props) && !(sign && last.signs?.includes(sign));
}

function isSame({ productId: one }: Props, { productId: other }: Props): boolean {
  return one === undefined || other === undefined || one === other;
}

function tellSeen(until: number, only?: AnnouncedType): void {
  for (const [type, { props, at, signs }] of seen) {
    if (at > until || (only && only !== type)) continue;
    seen.delete(type);
    tell(type, props, at);
    said.set(type, { props, at, signs });
    if (type === 'purchase') isOrderShown = true;
    if (type === 'product_view') shown = String(props.productName ?? '');
  }
}

function announce(type: AnnouncedType, props: Props, at: number): void {
  const key = type + (props.productId ?? props.query ?? '');
  if (type === 'product_view') setProduct(props);
  if (!repeated.test(type) && isAgain(type, key, props)) return;
  toldHere.add(type).add(key);
  emit(type, props, at);
}

/** Others hold it. */
function setProduct(props: Props): void {
  for (const name of Object.keys(product)) delete product[name];
  Object.assign(product, props);
}

function isAgain(type: AnnouncedType, key: string, props: Props): boolean {
  if (type === 'purchase') return !isNewOrder(props);
  if (type === 'begin_checkout') return isSameCheckout(props);
  // Asked for on the page before (`watch-cancel.ts`), and not settled yet.
  if (type === 'cancel_intent' && read('_ll_cancel')) return true;
  const name = String(props.productName ?? '');
  return toldHere.has(key) || (type === 'product_view' && shown !== '' && (name.startsWith(shown) || shown.startsWith(name)));
}

const orderKey = ({ orderId, valueMinor }: Props) => `;${String(orderId ?? location.pathname + valueMinor)};`;
const isBought = (key: string) => (bought + read(boughtName)).includes(key);

/** A page of thanks that is loaded again is not another order. */
function isNewOrder(props: Props): boolean {
  const key = orderKey(props);
  if (isBought(key)) return false;
  bought += key;
  begun = '0';
  rememberBought();
  return !isOrderShown;
}

/** It goes on over pages, until something is bought. Another value is another one. */
function isSameCheckout({ valueMinor = '' }: Props): boolean {
  const [at, value] = (begun || read(begunName)).split(';');
  if (Date.now() - Number(at) < checkoutMs && (!value || !valueMinor || value === String(valueMinor))) return true;
  begun = `${Date.now()};${valueMinor}`;
  rememberBought();
  return false;
}

/** For a visitor who is measured: of anybody else nothing is stored. */
function rememberBought(): void {
  if (!session.sid) return;
  if (begun) write(begunName, begun);
  begun = '';
  if (!bought) return;
  write(boughtName, (read(boughtName) + bought).slice(-2_000));
  bought = '';
}
