/** Recordings made by the real recorder on the typical page: each by a visitor of its own, who uses the page without a pause. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import type { IngestEnvelope } from '#contract/events.ts';
import { FakeCore } from '../../../ui-extensions/snippet/testing/fake-core.ts';
import { onStage } from '../measure/stage.ts';
import { planVisit } from '../pages/plan-visit.ts';
import { playVisit } from '../pages/play-visit.ts';
import { typicalSite } from '../pages/typical-page.ts';
import type { Tool } from '../tools/tool.ts';

export interface RecordSessions {
  readonly browser: Browser;
  /** Folder where `buildSnippet` wrote what a browser loads. */
  readonly files: string;
  readonly installPeer: (name: string, version: string) => Promise<string>;
  readonly sessions: number;
  /** How often each visitor does what `planVisit` says: six seconds each. */
  readonly visits: number;
}

const timedEvent = z.looseObject({ type: z.number(), timestamp: z.number() });
export type TimedEvent = z.infer<typeof timedEvent>;

export interface MadeRecording {
  /** rrweb events in the order in which they were recorded; stylesheets by hash. */
  readonly chunks: readonly (readonly TimedEvent[])[];
  readonly sheets: ReadonlyMap<string, string>;
}

const settleMs = 1_500;
/** The recorder hands over every five seconds. */
const lingerMs = 6_000;
const partMs = 700;
const atOnce = 2;

/** Every visitor does something else: seeds of its own. */
export async function recordSessions(setting: RecordSessions): Promise<MadeRecording[]> {
  const made: MadeRecording[] = [];
  for (let first = 0; first < setting.sessions; first += atOnce) {
    const places = Array.from({ length: Math.min(atOnce, setting.sessions - first) }, (_, index) => first + index);
    made.push(...(await Promise.all(places.map((place) => recordOne(setting, place)))));
  }
  return made;
}

async function recordOne({ browser, files, installPeer, visits }: RecordSessions, place: number): Promise<MadeRecording> {
  const core = await new FakeCore(files).listen();
  core.answer = ({ events, sheets = [] }) => {
    const wanted = sheets.filter(({ css }) => css === undefined).map(({ hash }) => hash);
    return { status: 202, body: JSON.stringify({ known: true, record: true, accepted: events.length, refused: [], wanted }) };
  };
  const site = (head: string) => typicalSite(installPeer, head);
  await onStage({ browser, site, tool: toolOf(core) }, async ({ page, address }) => {
    await page.goto(address);
    await delay(settleMs);
    for (let visit = 0; visit < visits; visit += 1) {
      await playVisit(page, planVisit(place * 1_000 + visit));
      await goHome(page);
    }
    await delay(lingerMs);
    await page.goto('about:blank');
    await delay(partMs);
  });
  return madeOf(core.envelopes);
}

function toolOf(core: FakeCore): Tool {
  return {
    ...{ name: 'Leadlight', version: '', built: 'its own build' },
    start: async () => ({
      head: `<script async src="${core.origin}/ll.js" data-key="bench"></script>`,
      query: '?ll=Tk_3f9aQ2-xV7bLmN8cR5',
      asked: () => core.received,
      close: () => core.close(),
    }),
  };
}

async function goHome(page: Page): Promise<void> {
  await page.evaluate(() => {
    const home = document.querySelector('[data-route="/"]');
    if (home instanceof HTMLElement) home.click();
  });
}

function madeOf(envelopes: readonly IngestEnvelope[]): MadeRecording {
  const chunks = new Map(envelopes.flatMap((envelope) => envelope.chunks ?? []).map(({ seq, events }) => [seq, events]));
  const sheets = envelopes
    .flatMap((envelope) => envelope.sheets ?? [])
    .flatMap(({ hash, css }) => (css === undefined ? [] : [[hash, css] as const]));
  const ordered = [...chunks].toSorted(([one], [other]) => one - other);
  return { chunks: ordered.map(([, events]) => z.array(timedEvent).parse(events)), sheets: new Map(sheets) };
}
