/** A viewer of the live view, and the database's own word for which alerts are queued: both with the moment at which they heard it. */
import mongoose from 'mongoose';
import { z } from 'zod';
import type { Target } from '../targets/target.ts';

export interface Seen {
  /** eid → when the viewer had it. */
  readonly events: Map<string, number>;
  /** Session → when its alert was there to be delivered. */
  readonly alerts: Map<string, number>;
  /** eid → session. */
  readonly sessionOf: Map<string, string>;
  close(): Promise<void>;
}

const told = z.array(z.object({ id: z.string(), sessionId: z.string() }));
const job = z.object({ fullDocument: z.object({ payload: z.object({ sessionId: z.string() }) }) });

/** Times are those of `performance.now()`. */
export async function watchViewer({ url, tokens }: Target, database: { readonly uri: string; readonly name: string }): Promise<Seen> {
  const [events, alerts, sessionOf] = [new Map<string, number>(), new Map<string, number>(), new Map<string, string>()];
  const client = await new mongoose.mongo.MongoClient(database.uri).connect();
  const stages = [{ $match: { operationType: 'insert', 'fullDocument.kind': 'alert.deliver' } }];
  const stream = client.db(database.name).collection('jobs').watch(stages);
  stream.on('change', (change: unknown) => {
    const { sessionId } = job.parse(change).fullDocument.payload;
    if (!alerts.has(sessionId)) alerts.set(sessionId, performance.now());
  });
  const stopping = new AbortController();
  const headers = { Accept: 'text/event-stream', Cookie: tokens[0] ?? '' };
  const answer = await fetch(new URL('/v1/live', url), { headers, signal: stopping.signal });
  void read(answer, (block) => {
    const now = performance.now();
    const data = /^event: events\ndata: (.*)$/m.exec(block)?.[1];
    for (const { id, sessionId } of data === undefined ? [] : told.parse(JSON.parse(data))) {
      events.set(id, now);
      sessionOf.set(id, sessionId);
    }
  }).catch(() => undefined);
  const close = async () => {
    stopping.abort();
    await stream.close();
    await client.close();
  };
  return { events, alerts, sessionOf, close };
}

async function read(answer: Response, take: (block: string) => void): Promise<void> {
  let text = '';
  for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (text + part).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) take(block);
  }
}
