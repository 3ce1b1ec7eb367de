import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** What a file weighs on the wire, as a server that packs once and serves often sends it. */
export function weigh(bytes: Buffer): { bytes: number; gzipBytes: number; brotliBytes: number } {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return {
    bytes: bytes.length,
    gzipBytes: gzipSync(bytes, { level: 9 }).length,
    brotliBytes: brotliCompressSync(bytes, { params }).length,
  };
}

/** Files are packed each by itself. */
export function weighAll(files: readonly Buffer[]): { files: number; bytes: number; gzipBytes: number; brotliBytes: number } {
  const weights = files.map(weigh);
  const sum = (key: 'bytes' | 'gzipBytes' | 'brotliBytes') => weights.reduce((total, weight) => total + weight[key], 0);
  return { files: files.length, bytes: sum('bytes'), gzipBytes: sum('gzipBytes'), brotliBytes: sum('brotliBytes') };
}
