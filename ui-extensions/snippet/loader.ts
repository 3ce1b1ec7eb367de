/** The file that a page loads. Start reading here: the token leaves the address first, and nothing else happens before the site's settings are known. */
import type { SiteConfig } from '#contract/events.ts';
import { installApi } from './api.ts';
import { watchConsentManagers } from './consent-managers.ts';
import { isInternal } from './internal.ts';
import { keptConfig, loadConfig } from './load-config.ts';
import { startPageLife } from './page-life.ts';
import { safely } from './safely.ts';
import { scriptTag } from './script-tag.ts';
import { watchSession } from './session-total.ts';
import { takeParameters } from './take-parameters.ts';
import { watchTyping } from './typed-echoes.ts';
import { becomeKnown, refreshConfig, setConsent, startVisitor } from './visitor.ts';
import { watchCancel } from './watch-cancel.ts';
import { watchEngagement } from './watch-engagement.ts';
import { watchForms } from './watch-forms.ts';
import { watchPageViews } from './watch-page-views.ts';
import { watchPerson } from './watch-person.ts';
import { watchPricing } from './watch-pricing.ts';
import { watchSearch } from './watch-search.ts';
import { watchShop } from './watch-shop.ts';

safely(() => {
  const { token, internal } = takeParameters();
  if (!scriptTag.siteKey) return;
  installApi();
  if (isInternal(internal)) return;
  if (token) becomeKnown({ token });
  watchTyping();
  if ('prerendering' in document && document.prerendering) document.addEventListener('prerenderingchange', safely(begin), { once: true });
  else begin();
})();

function begin(): void {
  const kept = keptConfig();
  if (kept) safely(start)(kept);
  loadConfig()
    .then((config) => {
      if (config && kept) refreshConfig(config);
      else if (config) safely(start)(config);
    })
    .catch(() => {});
}

function start(config: SiteConfig): void {
  startPageLife(config.queryKeys);
  const watchers = [
    watchSession,
    watchPerson.bind(null, config.dwellMs),
    watchSearch,
    watchShop,
    watchPricing,
    watchCancel,
    watchForms,
    watchEngagement,
  ];
  for (const watch of watchers) safely(watch)();
  // What a visitor chose on an earlier visit is known before anything is stored.
  watchConsentManagers(setConsent);
  startVisitor(config, watchPageViews(config.masking.text !== 'masked'));
}
