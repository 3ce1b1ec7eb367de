/** Fetches the recorder, once, for a visitor who is recorded. */
import type { SiteConfig } from '#contract/events.ts';
import { loadScript } from './load-script.ts';
import { cleanUrl } from './page-life.ts';
import type { RecorderControls } from './recorder-host.ts';
import { noteFault, safely } from './safely.ts';
import { scrubSecrets, scrubText } from './scrub-text.ts';
import { sendFrame } from './send-batch.ts';
import { hearSheet } from './sheets.ts';
import { hideEchoes, rememberField } from './typed-echoes.ts';

/** Put in by the build. */
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
    rememberTyped: rememberField,
    send: sendFrame,
    sheet: hearSheet,
    fault: noteFault,
    ready: safely((given) => {
      if (asked) controls = given;
      else given.stop();
    }),
  };
  loadScript('recorder', RECORDER_INTEGRITY);
}

export function stopRecorder(): void {
  asked = false;
  controls?.stop();
  controls = null;
}

export function resnapshot(): void {
  controls?.resnapshot();
}

/** Hands over what the recorder has not handed over yet. */
export function flushRecorder(): void {
  controls?.flush();
}
