import type { InitOptions } from './api.ts';

interface ScriptAddresses {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): { createScriptURL(address: string): string };
}

/** Puts the script tag on the page that a person would have pasted. */
export function addLoader({ siteKey, core, src, integrity, nonce, consent }: InitOptions): void {
  const script = document.createElement('script');
  script.async = true;
  script.dataset.key = siteKey;
  if (src) script.dataset.core = core;
  if (consent === false) script.dataset.consent = 'false';
  if (nonce) script.nonce = nonce;
  if (integrity) {
    script.integrity = integrity;
    script.crossOrigin = 'anonymous';
  }
  script.src = trusted(src ?? `${core.replace(/\/+$/, '')}/ll.js`);
  document.head.append(script);
}

/**
 * Where the page allows scripts through Trusted Types only, the address goes through a policy named `leadlight-load`: `leadlight` is the
 * snippet's own, and a name may be taken once.
 */
function trusted(address: string): string {
  try {
    if (!('trustedTypes' in window) || !hasPolicies(window.trustedTypes)) return address;
    return window.trustedTypes.createPolicy('leadlight-load', { createScriptURL: (url) => url }).createScriptURL(address);
  } catch {
    // The page does not allow this policy's name; where it does not demand one either, the address is enough.
    return address;
  }
}

function hasPolicies(factory: unknown): factory is ScriptAddresses {
  return typeof factory === 'object' && factory !== null && 'createPolicy' in factory;
}
