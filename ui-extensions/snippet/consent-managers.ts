/** Consent managers that a site may already have. Each tells what the visitor chose, now and whenever it changes. */
import { isRecord } from './clean-props.ts';
import { onTick } from './page-life.ts';
import { listen } from './safely.ts';

type Tell = (granted: boolean) => void;

interface ConsentManager {
  readonly name: string;
  /** Starts listening where the manager is on the page; answers whether it is. */
  watch(tell: Tell): boolean;
}

/** The purposes of IAB TCF that measuring needs: storing on the device, and measuring content. */
const tcf: ConsentManager = {
  name: 'IAB TCF v2',
  watch(tell) {
    if (!('__tcfapi' in window) || typeof window.__tcfapi !== 'function') return false;
    window.__tcfapi('addEventListener', 2, (data: unknown, ok: unknown) => {
      if (!ok || !isRecord(data) || data.eventStatus === 'cmpuishown') return;
      const consents = isRecord(data.purpose) && isRecord(data.purpose.consents) ? data.purpose.consents : {};
      tell(data.gdprApplies === false || (consents[1] === true && consents[8] === true));
    });
    return true;
  },
};

const cookiebot: ConsentManager = {
  name: 'Cookiebot',
  watch(tell) {
    const now = () => {
      const bot: unknown = 'Cookiebot' in window ? window.Cookiebot : null;
      if (isRecord(bot) && bot.hasResponse !== false && isRecord(bot.consent)) tell(bot.consent.statistics === true);
    };
    if (!('Cookiebot' in window)) return false;
    listen(window, 'CookiebotOnAccept CookiebotOnDecline', now);
    now();
    return true;
  },
};

/** C0002 is OneTrust's group of performance cookies. */
const oneTrust: ConsentManager = {
  name: 'OneTrust',
  watch(tell) {
    const now = () => {
      if ('OnetrustActiveGroups' in window) tell(String(window.OnetrustActiveGroups).includes('C0002'));
    };
    if (!('OneTrust' in window)) return false;
    listen(window, 'OneTrustGroupsUpdated', now);
    now();
    return true;
  },
};

const consentMode: ConsentManager = {
  name: 'Google Consent Mode v2',
  watch(tell) {
    let told: unknown;
    const look = () => {
      const state = updatesOf('analytics_storage').at(-1);
      if (state === told) return;
      told = state;
      tell(state === 'granted');
    };
    if (consentCommands().length === 0) return false;
    look();
    onTick(look);
    return true;
  },
};

/** `gtag('consent', 'default' | 'update', states)` as they lie in the data layer. */
function consentCommands(): Record<string, unknown>[] {
  const layer: readonly unknown[] = 'dataLayer' in window && Array.isArray(window.dataLayer) ? window.dataLayer : [];
  return layer
    .map((entry) => ({ ...(typeof entry === 'object' ? entry : {}) }))
    .filter((words: Record<string, unknown>) => words[0] === 'consent');
}

/** What the visitor chose for one purpose. A default is no choice, whatever it says: then the site's settings decide. */
function updatesOf(purpose: string): unknown[] {
  return consentCommands().flatMap(({ 1: kind, 2: states }) =>
    kind === 'update' && isRecord(states) && states[purpose] !== undefined ? [states[purpose]] : [],
  );
}

/** The first that is there speaks for the visitor; managers load in their own time. */
export function watchConsentManagers(tell: Tell): void {
  let found = false;
  let looks = 0;
  const look = () => {
    if (found || looks++ > 20) return;
    found = [tcf, cookiebot, oneTrust, consentMode].some((manager) => manager.watch(tell));
  };
  look();
  onTick(look);
}
