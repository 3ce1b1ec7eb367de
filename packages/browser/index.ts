/** What a site's own code imports: loads the snippet, and speaks to it. Calls made before the file is there wait in its queue. */

import { addLoader } from './add-loader.ts';
import type { Consent, Identify, Init, Track } from './api.ts';

export const init: Init = (options) => {
  if (typeof document === 'undefined' || !options.siteKey) return;
  // The snippet may be on the page already: from a tag, a tag manager, or an earlier call.
  if (!document.querySelector('script[data-key]')) addLoader(options);
  if (options.consent) consent(true);
};

export const identify: Identify = (idOrEmail, traits = {}) => ask('identify', idOrEmail, traits);

export const track: Track = (name: string, props: object = {}) => ask('track', name, { ...props });

export const consent: Consent = (granted = true) => ask('consent', granted);

function ask(...call: ['identify', string, Record<string, string | number | boolean>] | ['track', string, object] | ['consent', boolean]) {
  if (typeof window === 'undefined') return;
  const leadlight = window.leadlight;
  const [name, first, more] = call;
  if (name === 'identify' && leadlight?.identify) leadlight.identify(first, more);
  else if (name === 'track' && leadlight?.track) leadlight.track(first, { ...more });
  else if (name === 'consent' && leadlight?.consent) leadlight.consent(first);
  else window.leadlight = { ...leadlight, q: [...(leadlight?.q ?? []), call] };
}
