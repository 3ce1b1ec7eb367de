/** `window.leadlight`: what a site may call. Calls made before the file was there wait in `leadlight.q` as `[name, ...arguments]`. */
import { callGate, setConsent } from './gate.ts';
import { safely } from './safely.ts';

export interface Leadlight {
  /** Says who the visitor is: an e-mail address or the site's own id. */
  identify(idOrEmail: string, traits?: Readonly<Record<string, string | number | boolean>>): void;
  /** An event of the catalogue by its name, or the site's own. */
  track(name: string, props?: Readonly<Record<string, unknown>>): void;
  /** What the visitor chose. */
  consent(granted?: boolean): void;
}

declare global {
  interface Window {
    leadlight?: Partial<Leadlight> & { readonly q?: readonly unknown[] };
  }
}

/** Answers false where the file is on the page a second time: then the first one is at work. */
export function installApi(): boolean {
  const before = window.leadlight;
  if (before?.identify && !before.q) return false;
  const call = safely((name: unknown, first?: unknown, more?: unknown) => {
    if (name === 'consent') setConsent(first !== false);
    else if (name === 'identify' || name === 'track') callGate(name, first, more);
  });
  window.leadlight = {
    identify: (idOrEmail, traits) => call('identify', idOrEmail, traits),
    track: (name, props) => call('track', name, props),
    consent: (granted) => call('consent', granted),
  };
  for (const [name, first, more] of Array.from(before?.q ?? [], (each) => Array.from(Object(each)))) call(name, first, more);
  return true;
}
