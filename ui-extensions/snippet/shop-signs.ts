/**
 * Loads the shop file where the page shows signs of a shop or of a subscription, now or later, and where somebody enters a form. A sign is
 * cheaper to see than to understand: one too many costs a request, one too few an event.
 */
import { watchAnnounced } from './announce.ts';
import { listenSince } from './early-events.ts';
import { loadScript } from './load-script.ts';
import { inPast, momentOf, onClick, onPage, onTick } from './page-life.ts';
import { later, listen, safely } from './safely.ts';
import { handToShop } from './shop-host.ts';

/** Put in by the build. */
declare const SHOP_INTEGRITY: string;

/** In paths, and in what is said in `dataLayer`. */
const broad =
  /cart|basket|check-?out|product|shop|\/d?p\/|item|pric|tarif|preise|\bplan|billing|account|settings|subscri|cancel|k(?:ü|%C3%BC)ndig|order|thank|confirm|purchase|promotion|_info|sign_up|trial|lead|search|wish|compare|demo|variant|upsell|ecommerce|transaction/i;
/** On buttons, and in addresses that the page asks for. */
const narrow =
  /\bcart\b|basket|check-?_? ?out|wish-?_? ?list|favou?rite|compare|cancel[ _-]\w|upgrade|downgrade|subscription|billing|add[ -]to|save for/i;
const elements =
  '[itemtype*="org/Product"],[itemtype*="org/O"],[content^=product],[property^=product],[data-plan],[data-ll-plan],[data-product-id],[data-variant],[data-upsell],[name=add],[name=checkout],[action*=cart],[href*="/checkout"],#pricing,#plans,[class~=plan],[class~=tier],[class*=plan-],[class*=pric],[class*=upsell],[class*=cross],[class*=swatch],[class*=product-],[class*=frequently-],[class*=cart]';
/** A search, in an address. */
const searched = /[?&](?:q|s|query|search\w*|keywords?|term)=./;
const forms = 'form,[type=search],[role=searchbox],[role=search],[name=q],[name=query],search';
const mostKept = 99;
const mostButtons = 300;

let isLoaded = false;
let looks = 0;
let heard = 0;
/** What was done with forms of this page, for the file to see when it is there. `field`: an event that is over does not know it any more. */
let kept: { event: Event; field: Element }[] = [];

export function watchShopSigns(): void {
  watchAnnounced(() => loadIf(true));
  onPage(() => {
    looks = 0;
    if (!isLoaded) kept = [];
    loadIf(says() || shows());
  });
  // At 1, 2, 4 … 32 seconds, and after a click anew: pages are built late, and looking has its price.
  onTick(() => {
    looks++;
    loadIf(says() || (looks < 33 && (looks & (looks - 1)) === 0 && shows()));
  });
  onClick(({ control, words }) => {
    looks = 0;
    loadIf(control && narrow.test(`${control.className} ${control.id} ${control.getAttribute('aria-label')} ${words}`));
    later(() => loadIf(says()), 50);
  });
  const hear = safely((event: Event) => {
    const field = event.composedPath()[0] ?? event.target;
    if (!(field instanceof Element && field.closest(forms))) return;
    const last = kept.at(-1);
    if (last?.field !== field || last.event.type !== event.type) kept = [...kept.slice(1 - mostKept), { event, field }];
    // Of forms in a shadow root, the document does not hear; a listener is added once.
    field.getRootNode().addEventListener('submit', hear, true);
    loadIf(true);
  });
  listenSince(document, 'pointerdown focusin input change submit', hear);
  new PerformanceObserver(
    safely((list: PerformanceObserverEntryList) => loadIf(list.getEntries().some(({ name }) => narrow.test(name)))),
  ).observe({ type: 'resource' });
}

/** The page says so to other tools. */
function says(): boolean {
  const layer: unknown = Reflect.get(window, 'dataLayer');
  if (isLoaded || !Array.isArray(layer)) return 'Shopify' in window || 'ShopifyAnalytics' in window;
  const fresh = layer.slice(heard);
  heard = layer.length;
  return 'Shopify' in window || fresh.some((entry) => broad.test(`${entry?.event} ${entry?.[1]} ${Object.keys(Object(entry))}`));
}

function shows(): boolean {
  const texts = (selector: string) => [...document.querySelectorAll(selector)].slice(0, mostButtons).map(({ textContent }) => textContent);
  return (
    broad.test(location.pathname) ||
    searched.test(location.search) ||
    document.querySelector(elements) !== null ||
    /Product|Order\b|Offer/.test(texts('[type$="ld+json"]').join()) ||
    narrow.test(texts('button,[role=button],[type=submit]').join())
  );
}

function loadIf(isShop: unknown): void {
  if (isLoaded || !isShop) return;
  isLoaded = true;
  handToShop({
    since: Date.now(),
    listenSince(target, names, work) {
      const careful = safely(work);
      listen(target, names, work);
      for (const { event, field } of kept) if (names.includes(event.type)) inPast(momentOf(event), () => careful(event, field));
    },
  });
  loadScript('shop', SHOP_INTEGRITY);
}
