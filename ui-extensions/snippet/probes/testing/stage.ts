/** Opens a page with many probes, lets everything happen, and searches all that left the browser and all that the page's origin stores. */
import type { Page } from 'playwright-core';
import { takenAndRecorded } from '../../testing/fake-core.ts';
import { token, until, type Website } from '../../testing/website.ts';
import { findLeaks } from './find-leaks.ts';
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

/** How many letters of something typed may be found in a row. */
const pieceLength = 6;

/** Answers the probes whose secret was found. */
export async function play(site: Website, probes: readonly Probe[], setting: Setting): Promise<Probe[]> {
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
  const haystack = [await everythingStored(page)];
  await leave(site, page);
  haystack.push(await everythingStored(page), ...site.core.received.flatMap(bytesOf));
  const secrets = probes.map((probe, place) => secretsOf(probe, canary(place)));
  const found = findLeaks(haystack, secrets.flat());
  return probes.filter((_, place) => secrets[place]?.some((secret) => found.has(secret)));
}

export const namesOf = (found: readonly Probe[]) => found.map(({ number, what }) => (number ? `${number} ${what}` : what));

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

function bytesOf({ url, headers, bytes, text }: Website['core']['received'][number]): Buffer[] {
  return [Buffer.from(url), Buffer.from(JSON.stringify(headers)), bytes, Buffer.from(text)];
}

function secretsOf({ typed, secrets }: Probe, canary: string): string[] {
  return [...(typed ? piecesOf(nameOf(typed[1](canary))) : []), ...(secrets?.(canary) ?? (typed ? [] : [nameOf(canary)]))];
}

/** What was typed was on the page key by key: no part of it is harmless. */
function piecesOf(value: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start + pieceLength <= value.length; start++) pieces.push(value.slice(start, start + pieceLength));
  return pieces.length > 0 ? pieces : [value];
}
