/**
 * What a recorded minute takes in storage and in processor time, and how long a viewer waits for a moment of an hour. Recordings are made
 * by the real recorder on the typical page, used without a pause; peers pack the same events.
 */
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { openCleaner } from '#core/sessions/clean-recording.ts';
import { type CutFrame, cutFrames } from '#core/sessions/cut-frames.ts';
import { packFrame, unpackText } from '#core/sessions/pack-frame.ts';
import { trainDictionary } from '#core/sessions/train-dictionary.ts';
import { buildSnippet } from '../../build/build-snippet.ts';
import { atMost, type Bench, type Measurement } from '../bench.ts';
import { openOffline } from '../browser/open-offline.ts';
import { interleave, medianOf } from '../interleave.ts';
import { type MadeRecording, recordSessions } from '../recordings/record-sessions.ts';
import { watchHour } from '../recordings/watch-hour.ts';

const rounds = 5;
/** The last is measured; the dictionary is made of those before it. */
const sessions = 6;
const visits = 10;
const ours = 'Leadlight, with the site’s dictionary';
const first = 'Leadlight, without a dictionary';
const gzip = 'gzip 6';
const brotli = 'brotli 11';

export const storage: Bench = {
  name: 'storage',
  describe: 'stored bytes and CPU per active minute against gzip 6 and brotli 11; first frame and seek in an hour, in the real player',
  async run({ folder, installPeer, startMongo, say }) {
    const files = await folder();
    await buildSnippet(files);
    const browser = await openOffline();
    try {
      say(`Recording ${sessions} visits of a minute`);
      const recordings = await recordSessions({ browser, files, installPeer, sessions, visits });
      const raw = await packing(recordings);
      say('Watching an hour');
      raw.push(...(await watchHour({ browser, recordings, mongodbUri: await startMongo(), folder: await folder() })));
      return { rounds, raw, budget: budget(raw) };
    } finally {
      await browser.close();
    }
  },
};

async function packing(recordings: readonly MadeRecording[]): Promise<Measurement[]> {
  const measured = recordings.at(-1);
  if (measured === undefined) return [];
  const samples = recordings.slice(0, -1).map(async (recording, place) => {
    const bodies = cut(recording).frames.map(({ events }) => packFrame(events, null));
    return { visitorId: String(place), text: (await Promise.all(bodies.map((body) => unpackText(body, null)))).join('') };
  });
  const dictionary = trainDictionary(await Promise.all(samples));
  const text = JSON.stringify(measured.chunks.flat());
  return interleave(rounds, [
    { subject: ours, measure: async () => packed(measured, dictionary) },
    { subject: first, measure: async () => packed(measured, null) },
    { subject: gzip, measure: async () => perMinute(measured, () => gzipSync(text, { level: 6 }).length) },
    {
      subject: brotli,
      measure: async () => perMinute(measured, () => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length),
    },
  ]);
}

/** `jobCpuMs` is the whole job's: reading the chunks, cleaning them, keeping the page for later frames, packing. */
function packed(recording: MadeRecording, dictionary: Buffer | null): Measurement['figures'] {
  const before = process.cpuUsage();
  const { frames, minutes } = cut(recording);
  const cutMs = cpuMsSince(before);
  const { bytes, cpuMs } = perMinute(recording, () => frames.reduce((sum, { events }) => sum + packFrame(events, dictionary).length, 0));
  return { bytes, cpuMs, jobCpuMs: cutMs / minutes + cpuMs };
}

function cut({ chunks }: MadeRecording): { frames: CutFrame[]; minutes: number } {
  const [cleaner, cutter] = [openCleaner(), cutFrames()];
  const frames = chunks.flatMap((chunk) => {
    const json = JSON.stringify(chunk);
    return cutter.add(cleaner.clean(JSON.parse(json)), json.length);
  });
  return { frames: [...frames, ...cutter.end()], minutes: minutesOf(chunks) };
}

function perMinute({ chunks }: MadeRecording, pack: () => number): { bytes: number; cpuMs: number } {
  const before = process.cpuUsage();
  const bytes = pack();
  const minutes = minutesOf(chunks);
  return { bytes: Math.round(bytes / minutes), cpuMs: cpuMsSince(before) / minutes };
}

function minutesOf(chunks: MadeRecording['chunks']): number {
  return ((chunks.at(-1)?.at(-1)?.timestamp ?? 0) - (chunks[0]?.[0]?.timestamp ?? 0)) / 60_000;
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function budget(raw: readonly Measurement[]) {
  const [bytes, peer] = [medianOf(raw, ours, 'bytes'), medianOf(raw, gzip, 'bytes')];
  return [
    atMost('stored bytes per active minute', bytes, 25_000),
    atMost('of what gzip 6 takes', Number((bytes / peer).toFixed(3)), 0.35),
    atMost('CPU ms per session-minute to pack', Number(medianOf(raw, ours, 'cpuMs').toFixed(1)), 5),
    atMost('first frame of an hour, p99, ms', medianOf(raw, 'an hour in the player', 'firstFrameP99Ms'), 300),
    atMost('seek in an hour, p99, ms', medianOf(raw, 'an hour in the player', 'seekP99Ms'), 300),
    atMost('frames read for a seek', medianOf(raw, 'an hour in the player', 'framesPerSeek'), 2),
  ];
}
