/** Adds the other files to the page: each once, under the page's own rules for scripts. */
import { scriptTag } from './script-tag.ts';

interface ScriptAddresses {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): { createScriptURL(address: string): string };
}

let trust: ((address: string) => string) | null = null;

/** `integrity`: the file's hash, for the browser to check where the page pins the loader. */
export function loadScript(name: 'visit' | 'shop' | 'recorder', integrity: string): void {
  const script = document.createElement('script');
  if (scriptTag.nonce) script.nonce = scriptTag.nonce;
  if (scriptTag.pinned) {
    script.crossOrigin = 'anonymous';
    script.integrity = integrity;
  }
  script.async = true;
  trust ??= trusting();
  script.src = trust(new URL(`ll-${name}.js`, scriptTag.address).href);
  document.head.append(script);
}

/** Where the page allows scripts through Trusted Types only, addresses go through a policy named `leadlight`. */
function trusting(): (address: string) => string {
  try {
    if ('trustedTypes' in window && hasPolicies(window.trustedTypes)) {
      const policy = window.trustedTypes.createPolicy('leadlight', { createScriptURL: (url) => url });
      return (address) => policy.createScriptURL(address);
    }
  } catch {
    // The page does not allow this policy's name; where it does not demand one either, the address is enough.
  }
  return (address) => address;
}

function hasPolicies(factory: unknown): factory is ScriptAddresses {
  return typeof factory === 'object' && factory !== null && 'createPolicy' in factory;
}
