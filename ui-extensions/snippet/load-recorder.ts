/** Fetches the recorder, once, for a visitor who is recorded. */
import type { SiteConfig } from '#contract/events.ts';
import { cleanUrl } from './page-life.ts';
import type { RecorderControls } from './recorder-host.ts';
import { safely } from './safely.ts';
import { scriptTag } from './script-tag.ts';
import { scrubSecrets, scrubText } from './scrub-text.ts';
import { sendFrame } from './send-batch.ts';
import { hideEchoes, rememberInput } from './typed-echoes.ts';

interface ScriptAddresses {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): { createScriptURL(address: string): string };
}

/** Put in by the build: the recorder's hash for the browser to check. */
declare const RECORDER_INTEGRITY: string;

let controls: RecorderControls | null = null;
let asked = false;

export function startRecorder(config: SiteConfig): void {
  if (asked) return;
  asked = true;
  window.leadlightRecorder = {
    maskText: config.masking.text === 'masked',
    cleanUrl,
    hideEchoes,
    scrubText,
    scrubSecrets,
    rememberTyped: rememberInput,
    send: sendFrame,
    ready: safely((given) => {
      if (asked) controls = given;
      else given.stop();
    }),
  };
  addScript();
}

export function stopRecorder(): void {
  asked = false;
  controls?.stop();
  controls = null;
}

export function resnapshot(): void {
  controls?.resnapshot();
}

function addScript(): void {
  const script = document.createElement('script');
  if (scriptTag.nonce) script.nonce = scriptTag.nonce;
  if (scriptTag.pinned) {
    script.crossOrigin = 'anonymous';
    script.integrity = RECORDER_INTEGRITY;
  }
  script.async = true;
  script.src = trusted(scriptTag.recorder);
  document.head.append(script);
}

/** Where the page allows scripts through Trusted Types only, the address goes through a policy named `leadlight`. */
function trusted(address: string): string {
  try {
    if (!('trustedTypes' in window) || !hasPolicies(window.trustedTypes)) return address;
    return window.trustedTypes.createPolicy('leadlight', { createScriptURL: (url) => url }).createScriptURL(address);
  } catch {
    // The page does not allow this policy's name; where it does not demand one either, the address is enough.
    return address;
  }
}

function hasPolicies(factory: unknown): factory is ScriptAddresses {
  return typeof factory === 'object' && factory !== null && 'createPolicy' in factory;
}
