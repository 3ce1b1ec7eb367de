/** In the page of a test: the host as the visit file makes it, which keeps what it is given. */

import type { RecorderControls } from '../../recorder-host.ts';
import { scrubSecrets, scrubText } from '../../scrub-text.ts';
import { scrubUrl } from '../../scrub-url.ts';

interface Kept {
  readonly frames: string[];
  readonly sheets: Record<string, string>;
  readonly faults: string[];
  controls?: RecorderControls;
}

declare global {
  interface Window {
    kept: Kept;
    maskAllText?: boolean;
  }
}

const kept: Kept = { frames: [], sheets: {}, faults: [] };
window.kept = kept;
window.leadlightRecorder = {
  maskText: window.maskAllText === true,
  cleanUrl: (raw) => scrubUrl(raw, { base: location.href, keys: [] }),
  hideEchoes: (text) => text,
  scrubText,
  scrubSecrets,
  rememberTyped: () => {},
  send: (json) => kept.frames.push(json),
  sheet: (hash, css) => {
    kept.sheets[hash] = css;
  },
  fault: (error) => kept.faults.push(error instanceof Error ? (error.stack ?? '') : String(error)),
  ready: (controls) => {
    kept.controls = controls;
  },
};
