/** Makes a dictionary for a site when enough new recordings came, and keeps it where it saves enough. */
import { handleJob } from '../jobs/define-job.ts';
import type { Platform } from '../platform.ts';
import { packedSize, unpackText } from './pack-frame.ts';
import { Recording, type RecordingDocument } from './recording.ts';
import { type Dictionary, findDictionary, newestDictionary, RecordingDictionary } from './recording-dictionary.ts';
import { trainDictionaryOf } from './recording-jobs.ts';
import { type DictionarySample, minVisitors, trainDictionary } from './train-dictionary.ts';

/** A site changes slowly. The first one is made as soon as there is something to learn from. */
const everyRecordings = 200;
const maxSamples = 12;
/** Characters of a sample. */
const sampleSize = 2_000_000;
/** A new one must make recordings at least so much smaller than the one before. */
const worthIt = 0.93;
const keptVersions = 1_000;

export const trainDictionaryHandler = handleJob(trainDictionaryOf, async (platform, { workspaceId, payload: { siteId }, assertMine }) => {
  const before = await newestDictionary({ workspaceId, siteId });
  if (before !== null && (before.version >= keptVersions || !(await isDue(workspaceId, siteId, before)))) return;
  const [probe, ...samples] = await takeSamples(platform, { workspaceId, siteId });
  const body = trainDictionary(samples);
  if (probe === undefined || body === null || !isWorthIt(probe.text, before?.body ?? null, body)) return;
  await assertMine();
  const version = (before?.version ?? 0) + 1;
  const row = { siteId, version, body, createdAt: platform.clock.now() };
  await RecordingDictionary.updateOne({ workspaceId, _id: `${siteId}:${version}` }, { $setOnInsert: row }, { upsert: true });
});

async function isDue(workspaceId: string, siteId: string, { createdAt }: Dictionary): Promise<boolean> {
  const newer = { workspaceId, siteId, packedAt: { $gt: createdAt } };
  return (await Recording.countDocuments(newer, { limit: everyRecordings })) >= everyRecordings;
}

/** On a recording that it was not made of. */
function isWorthIt(text: string, before: Buffer | null, after: Buffer): boolean {
  return packedSize(text, after) < packedSize(text, before) * worthIt;
}

/** One recording of each visitor, the newest first. */
async function takeSamples(platform: Platform, site: { workspaceId: string; siteId: string }): Promise<DictionarySample[]> {
  const rows = await Recording.find(site)
    .sort({ packedAt: -1 })
    .limit(maxSamples * 4)
    .lean();
  const ofVisitors = [...new Map(rows.map((row) => [row.visitorId, row])).values()].slice(0, maxSamples);
  if (ofVisitors.length <= minVisitors) return [];
  const samples: DictionarySample[] = [];
  for (const row of ofVisitors) samples.push({ visitorId: row.visitorId, text: await sampleOf(platform, row) });
  return samples;
}

async function sampleOf({ store }: Platform, { workspaceId, blobKey, frames, dictionaryId }: RecordingDocument): Promise<string> {
  const dictionary = dictionaryId === null ? null : await findDictionary({ workspaceId, id: dictionaryId });
  let text = '';
  for (const { offset, length } of frames) {
    if (text.length >= sampleSize) break;
    text += await unpackText(await store.blobs.get(blobKey, { offset, length }), dictionary?.body ?? null);
  }
  return text.slice(0, sampleSize);
}
