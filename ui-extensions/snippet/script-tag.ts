/**
 * What the page's script tag says. Read when the file runs: `document.currentScript` is gone a moment later. `data-core` names the core
 * where the file is hosted by the site itself.
 */
const running = document.currentScript ?? document.querySelector('script[data-key]');
const element = running instanceof HTMLScriptElement ? running : document.createElement('script');
const address = element.src || location.href;

export const scriptTag = {
  siteKey: element.dataset.key ?? '',
  core: new URL(element.dataset.core ?? address, address).origin,
  recorder: new URL('ll-recorder.js', address).href,
  /** `data-consent="false"`: nothing is stored or sent before `leadlight.consent()`. */
  asksConsent: element.dataset.consent === 'false',
  nonce: element.nonce,
  /** A page that pins the loader gets a pinned recorder too. */
  pinned: element.integrity !== '',
};
