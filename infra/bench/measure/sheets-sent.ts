import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Asked } from '../browser/local-server.ts';

const withSheets = z.object({ sheets: z.array(z.object({ hash: z.string(), css: z.string().optional() })) });

/** Of our own batches: how many stylesheets were told by their hash, how many texts went over the wire, and how many of these again. */
export function sheetsSent(asked: readonly Asked[]): { sheetsTold: number; sheetsSent: number; sheetsSentAgain: number } {
  const sheets = asked.filter(({ url }) => url.startsWith('/v1/ingest')).flatMap(sheetsOf);
  const texts = sheets.filter(({ css }) => css !== undefined);
  return {
    sheetsTold: new Set(sheets.map(({ hash }) => hash)).size,
    sheetsSent: texts.length,
    sheetsSentAgain: texts.length - new Set(texts.map(({ hash }) => hash)).size,
  };
}

function sheetsOf({ url, bytes }: Asked): { hash: string; css?: string | undefined }[] {
  if (bytes.length === 0) return [];
  const text = (url.includes('enc=gzip') ? gunzipSync(bytes) : bytes).toString('utf8');
  return withSheets.safeParse(JSON.parse(text)).data?.sheets ?? [];
}
