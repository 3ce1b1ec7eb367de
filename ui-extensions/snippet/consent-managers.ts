/** Consent managers that a site may already have, behind one interface. Each tells what the visitor chose, now and whenever it changes. */
import { isRecord } from './is-record.ts';
import { listen, safely } from './safely.ts';

type Tell = (granted: boolean) => void;

/** Starts listening where the manager is on the page; answers what looks again for those that tell nobody, or nothing where it is not there. */
type ConsentManager = (tell: Tell) => (() => void) | undefined;

const lookMs = 1_000;
const mostLooks = 20;

const found = (name: string): unknown => Reflect.get(window, name);

/** The purposes of IAB TCF that measuring needs: storing on the device, and measuring content. */
const tcf: ConsentManager = (tell) => {
  const api = found('__tcfapi');
  if (typeof api !== 'function') return undefined;
  api('addEventListener', 2, (data: unknown, ok: unknown) => {
    if (!ok || !isRecord(data) || data.eventStatus === 'cmpuishown') return;
    const consents = isRecord(data.purpose) && isRecord(data.purpose.consents) ? data.purpose.consents : {};
    tell(data.gdprApplies === false || (consents[1] === true && consents[8] === true));
  });
  return () => {};
};

const cookiebot: ConsentManager = (tell) => {
  const now = () => {
    const bot = found('Cookiebot');
    if (isRecord(bot) && bot.hasResponse !== false && isRecord(bot.consent)) tell(bot.consent.statistics === true);
  };
  return announcing('Cookiebot', 'CookiebotOnAccept CookiebotOnDecline', now);
};

/** C0002 is OneTrust's group of performance cookies. */
const oneTrust: ConsentManager = (tell) => {
  const now = () => {
    const groups = found('OnetrustActiveGroups');
    if (groups !== undefined) tell(String(groups).includes('C0002'));
  };
  return announcing('OneTrust', 'OneTrustGroupsUpdated', now);
};

/** `gtag('consent', 'update', states)` as it lies in the data layer. A default is no choice, whatever it says: the site's settings decide. */
const googleConsentMode: ConsentManager = (tell) => {
  const layer = found('dataLayer');
  let isThere = false;
  let told: unknown;
  const look = () => {
    let state: unknown;
    for (const entry of Array.isArray(layer) ? layer : []) {
      if (entry?.[0] !== 'consent') continue;
      isThere = true;
      if (entry[1] === 'update') state = entry[2]?.analytics_storage ?? state;
    }
    if (state !== told) tell(state === 'granted');
    told = state;
  };
  look();
  return isThere ? look : undefined;
};

function announcing(name: string, events: string, now: () => void): (() => void) | undefined {
  if (!found(name)) return undefined;
  listen(window, events, now);
  now();
  return () => {};
}

let again: (() => void) | undefined;
let looks = 0;

/** The first that is there speaks for the visitor; managers load in their own time. */
export function watchConsentManagers(tell: Tell): void {
  const look = safely(() => {
    if (again) again();
    else if (looks++ < mostLooks) for (const manager of [tcf, cookiebot, oneTrust, googleConsentMode]) again ??= manager(tell);
  });
  look();
  setInterval(look, lookMs);
}

/** Before anything is sent: a choice that lies in the data layer counts from the moment it was made. */
export function lookAgain(): void {
  again?.();
}
