import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { IngestEnvelope } from '#contract/events.ts';
import { FakeCore } from '../../../ui-extensions/snippet/testing/fake-core.ts';
import type { Service, Tool } from './tool.ts';

/** Who visits. `returning`: the core has the site's stylesheets already, whoever brought them. */
export type VisitorKind = 'nobody' | 'measured' | 'recorded' | 'returning';

const token = 'Tk_3f9aQ2-xV7bLmN8cR5';

/**
 * The snippet against the stand-in for the core that its own tests use.
 * @param files folder where `buildSnippet` wrote what a browser loads.
 */
export function leadlight(files: string, name = 'Leadlight', kind: VisitorKind = 'recorded'): Tool {
  return { name, version: '', built: 'its own build', start: () => startService(files, kind) };
}

async function startService(files: string, kind: VisitorKind): Promise<Service> {
  const core = await new FakeCore(files).listen();
  const stored = new Set<string>();
  core.answer = (envelope) => ({ status: 202, body: JSON.stringify(answerTo(envelope, kind, stored)) });
  return {
    head: `<script async src="${core.origin}/ll.js" data-key="bench"></script>`,
    query: kind === 'nobody' ? '' : `?ll=${token}`,
    asked: () => core.received,
    recording: (page) => recordingOf(core, page),
    close: () => core.close(),
  };
}

/** As the core answers: what it has not got, it wants. */
function answerTo({ events, sheets = [] }: IngestEnvelope, kind: VisitorKind, stored: Set<string>) {
  for (const { hash, css } of sheets) if (css !== undefined || kind === 'returning') stored.add(hash);
  const wanted = sheets.map(({ hash }) => hash).filter((hash) => !stored.has(hash));
  const record = kind === 'recorded' || kind === 'returning';
  return { known: kind !== 'nobody', record, accepted: events.length, refused: [], ...(wanted.length > 0 && { wanted }) };
}

/** The chunks in their order, each once, with their stylesheets put back. */
async function recordingOf(core: FakeCore, page: Page): Promise<string> {
  await page.goto('about:blank');
  await delay(700);
  const chunks = new Map(core.chunks.map((chunk) => [chunk.seq, chunk]));
  const events = [...chunks.values()].sort((a, b) => a.seq - b.seq).flatMap((chunk) => chunk.events);
  const sheets = new Map(core.envelopes.flatMap(({ sheets = [] }) => sheets).map(({ hash, css }) => [hash, css]));
  return JSON.stringify(events).replace(/"ll-css:([0-9a-f]{64})"/g, (_, hash: string) => JSON.stringify(sheets.get(hash) ?? ''));
}
