import type { Page } from 'playwright-core';
import type { Asked } from '../browser/local-server.ts';

/** What records a visit: ours, a peer, or rrweb alone. */
export interface Tool {
  /** As it stands in the figures. */
  readonly name: string;
  readonly version: string;
  /** How its browser files were made, for whoever doubts the sizes. */
  readonly built: string;
  /** Its files and a stand-in for its service, on loopback. */
  start(): Promise<Service>;
}

export interface Service {
  /** Goes to the head of the site's pages. */
  readonly head: string;
  /** What a visitor's address carries, for example `?ll=…`. */
  readonly query: string;
  /** All requests of browsers so far. */
  asked(): readonly Asked[];
  /** JSON of all rrweb events so far, where the tool makes such. Leaves the page. */
  recording?(page: Page): Promise<string>;
  close(): Promise<void>;
}

/** Bytes of request bodies, as sent. */
export function bytesSent(asked: readonly Asked[]): { bytes: number; requests: number } {
  const sent = asked.filter(({ method, bytes }) => method !== 'OPTIONS' && bytes.length > 0);
  return { bytes: sent.reduce((sum, { bytes }) => sum + bytes.length, 0), requests: sent.length };
}
