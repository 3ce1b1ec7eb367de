/** The file that every visitor's page loads. Start reading here: the token leaves the address first, then `gate.ts` decides. */
import { installApi } from './api.ts';
import { watchConsentManagers } from './consent-managers.ts';
import { openGate, setConsent } from './gate.ts';
import { isInternal } from './internal.ts';
import { safely } from './safely.ts';
import { scriptTag } from './script-tag.ts';
import { takeParameters } from './take-parameters.ts';

safely(() => {
  const { token, internal } = takeParameters();
  // A frame in a masked region is masked by the page around it, which alone knows that.
  if (window.frameElement?.closest('[data-ll-mask],[data-ll-block]')) return;
  if (!scriptTag.siteKey || !installApi() || isInternal(internal)) return;
  const begin = safely(() => {
    // What a visitor chose on an earlier visit is known before anything is stored.
    watchConsentManagers(setConsent);
    openGate(token);
  });
  if (Reflect.get(document, 'prerendering')) document.addEventListener('prerenderingchange', begin, { once: true });
  else begin();
})();
