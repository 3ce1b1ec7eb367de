/** Opens a page with many probes, lets everything happen, and searches all that left the browser and all that the page's origin stores. */
import type { Page } from 'playwright-core';
import { takenAndRecorded } from '../../testing/fake-core.ts';
import { token, until, type Website } from '../../testing/website.ts';
import { findLeaks, type Source } from './find-leaks.ts';
import { inMask, nameOf, type Probe } from './probe.ts';
import { everythingStored } from './stored.ts';

export interface Setting {
  readonly canary: (number: number) => string;
  /** What the site's settings say about text. */
  readonly text: 'visible' | 'masked';
  /** Attribute of the element around all bodies. */
  readonly region?: 'data-ll-mask' | 'data-ll-block' | 'data-ll-unmask';
  /** Added to the head of the page. */
  readonly head?: string;
}

/** So many characters in a row of something typed must not be found. */
const pieceLength = 6;
/**
 * Digits are met by chance: one run leaves about 1,200 different rows of six of them (times, ids, places), and one in 400 such pieces of
 * cards that were never typed is among them, which is a false alarm in several runs. Of ten digits it is one run in 100,000. Words, which
 * are typed in the same places, are searched for in short pieces.
 */
const pieceLengthOfDigits = 10;

export interface Found extends Probe {
  readonly where: string;
}

/** Answers the probes whose secret was found. */
export async function play(site: Website, probes: readonly Probe[], setting: Setting): Promise<Found[]> {
  const { canary, text, region = '', head = '' } = setting;
  await site.visitor();
  site.core.config = { masking: { text } };
  site.core.answer = () => takenAndRecorded;
  const written = (part: 'head' | 'body') => probes.map((probe, place) => probe[part]?.(canary(place)) ?? '').join('\n');
  const framed = probes.map(({ frame, inMask: masked }, place) => {
    if (!frame) return '';
    site.has(`/frame-${place}`, { body: frame(canary(place)) });
    const html = `<iframe src="/frame-${place}"></iframe>`;
    return masked ? inMask(html) : html;
  });
  site.has('/', { head: `${head}${written('head')}`, body: `<div id="root" ${region}>${written('body')}${framed.join('')}</div>` });
  site.has('/end', { body: '<p>the end</p>' });
  const page = await site.open(`/?ll=${token}`);
  await until('the snapshot', () => hasSnapshot(site));
  await letHappen(page, probes, canary);
  const haystack = [{ name: 'the storage of the page', bytes: await everythingStored(page) }];
  await leave(site, page);
  haystack.push({ name: 'the storage of the next page', bytes: await everythingStored(page) }, ...site.core.received.flatMap(sourcesOf));
  const secrets = probes.map((probe, place) => secretsOf(probe, canary(place)));
  const found = findLeaks(haystack, secrets.flat());
  return probes.flatMap((probe, place) => {
    const where = secrets[place]?.map((secret) => found.get(secret)).find(Boolean);
    return where === undefined ? [] : [{ ...probe, where }];
  });
}

export const namesOf = (found: readonly Found[]) => found.map(({ number = '', what, where }) => `${number} ${what}: ${where}`.trim());

const prelude = `const root = document.querySelector('#root');
const add = (html) => { root.insertAdjacentHTML('beforeend', html); return root.lastElementChild; };`;

async function letHappen(page: Page, probes: readonly Probe[], canary: Setting['canary']): Promise<void> {
  const scripts = probes.map(({ later }, place) => (later ? guarded(later(canary(place))) : ''));
  await page.evaluate(`${prelude}${scripts.join('\n')}`);
  for (const [place, { typed, act }] of probes.entries()) {
    if (typed) await page.locator(typed[0]).pressSequentially(typed[1](canary(place)));
    await act?.(page, canary(place));
  }
  await page.waitForTimeout(600);
}

/** A script of a page that fails must not pass as a page that leaks nothing. */
function guarded(script: string): string {
  return `{ ${script} }`;
}

/** No event tells that all has come: a frame of the site may go on with the session. */
async function leave(site: Website, page: Page): Promise<void> {
  await site.open('/end', page);
  await page.waitForTimeout(1_200);
}

function hasSnapshot(site: Website): boolean {
  return site.core.chunks.some(({ events }) => events.some(({ type }) => type === 2));
}

function sourcesOf({ method, url, headers, bytes, text }: Website['core']['received'][number], place: number): Source[] {
  const name = `request ${place} (${method} ${url.split('?')[0]})`;
  return [
    { name: `the head of ${name}`, bytes: Buffer.from(`${url}\n${JSON.stringify(headers)}`) },
    { name: `the bytes of ${name}`, bytes },
    { name, bytes: Buffer.from(text) },
  ];
}

function secretsOf({ typed, secrets }: Probe, canary: string): string[] {
  return [...(typed ? piecesOf(nameOf(typed[1](canary))) : []), ...(secrets?.(canary) ?? (typed ? [] : [nameOf(canary)]))];
}

/** What was typed was on the page key by key: no part of it is harmless. */
function piecesOf(value: string): string[] {
  const pieces: string[] = [];
  const length = /^\d+$/.test(value) ? pieceLengthOfDigits : pieceLength;
  for (let start = 0; start + length <= value.length; start++) pieces.push(value.slice(start, start + length));
  return pieces.length > 0 ? pieces : [value];
}
