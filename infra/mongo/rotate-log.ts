import { rename, stat } from 'node:fs/promises';

const largestBytes = 16 * 1024 * 1024;

/** Moves a long log to `<file>.1`, over the one before: at most two are kept. */
export async function rotateLog(file: string): Promise<void> {
  const facts = await stat(file).catch(() => undefined);
  if (facts !== undefined && facts.size > largestBytes) await rename(file, `${file}.1`);
}
