/**
 * What the page's script tag says. Read when the file runs: `document.currentScript` is gone a moment later. `data-core` names the core
 * where the files are hosted by the site itself.
 */
const running = document.currentScript ?? document.querySelector('script[data-key]');
const element = running instanceof HTMLScriptElement ? running : document.createElement('script');
const address = element.src || location.href;
const siteKey = element.dataset.key ?? '';
const api = `${new URL(element.dataset.core ?? address, address).origin}/v1/`;

export const scriptTag = {
  siteKey,
  settings: `${api}sites/${encodeURIComponent(siteKey)}/config`,
  ingest: `${api}ingest?key=${encodeURIComponent(siteKey)}`,
  /** Where the other files lie. */
  address,
  /** `data-consent="false"`: nothing is stored or sent before `leadlight.consent()`. */
  asksConsent: element.dataset.consent === 'false',
  nonce: element.nonce,
  /** A page that pins the loader gets pinned files from it too. */
  pinned: element.integrity !== '',
};
