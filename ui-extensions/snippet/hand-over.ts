/**
 * What the loader hands to the second file, through `window.leadlightVisit`. The modules named in `infra/build/share-modules.ts` are not
 * built into the second file again: there, their exports come from here.
 */
import type { SiteConfig } from '#contract/events.ts';
import { postToCore, readJson } from './ask-core.ts';
import { isRefused, mayCollect, rememberChoice } from './consent.ts';
import { lookAgain } from './consent-managers.ts';
import { early, listenSince } from './early-events.ts';
import { isRecord } from './is-record.ts';
import { configName } from './load-config.ts';
import { loadScript } from './load-script.ts';
import { newId } from './new-id.ts';
import { faults, later, listen, noteFault, safely } from './safely.ts';
import { scriptTag } from './script-tag.ts';
import { eraseEverything, read, readVisitor, remove, write, writeVisitor } from './storage.ts';

/** What a page asked for, and when; or the view of a page that was left before it could be told: its address and referrer. */
export type Call = readonly [name: 'identify' | 'track' | 'page_view', first: unknown, more: unknown, at: number];

export interface VisitControls {
  /** May be called often: does what may be done by now. `startedAt`: when the page was loaded, or allowed to be looked at. */
  open(config: SiteConfig, startedAt: number): void;
  call(call: Call): void;
  /** Consent was taken back. Answers whether anything had been sent. */
  forget(): boolean;
}

/** Of this page alone. */
interface PageParts {
  readonly token: string | undefined;
  /** What the page asked for before the second file was there. */
  readonly calls: Call[];
  /** Called once, by the second file. */
  ready(controls: VisitControls): void;
}

const parts = {
  postToCore(...message: Parameters<typeof postToCore>): Promise<Response> {
    lookAgain();
    return isRefused() ? Promise.reject() : postToCore(...message);
  },
  readJson,
  mayCollect,
  rememberChoice,
  early,
  listenSince,
  isRecord,
  configName,
  loadScript,
  newId,
  faults,
  later,
  listen,
  noteFault,
  safely,
  scriptTag,
  eraseEverything,
  read,
  readVisitor,
  remove,
  write,
  writeVisitor,
};

declare global {
  interface Window {
    leadlightVisit?: typeof parts & PageParts;
  }
}

export function handOver(page: PageParts): void {
  window.leadlightVisit = { ...parts, ...page };
}
