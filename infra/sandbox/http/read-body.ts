import type { IncomingMessage } from 'node:http';

const limitBytes = 4 * 1024 * 1024;

export class BodyTooLarge extends Error {}

/** The bytes of a request, at most 4 MB. Throws `BodyTooLarge`. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > limitBytes) throw new BodyTooLarge(`More than ${limitBytes} bytes`);
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams((await readBody(request)).toString('utf8'));
}
