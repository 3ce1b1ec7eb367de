/** Gzip off the main thread; null where the browser cannot. */
export async function gzip(text: string): Promise<ArrayBuffer | null> {
  if (!('CompressionStream' in window)) return null;
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}
