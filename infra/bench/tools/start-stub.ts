import { type Asked, type Reply, startLocalServer } from '../browser/local-server.ts';
import type { Service } from './tool.ts';

interface Stub {
  /** Path → text of the tool's files. */
  readonly files: Readonly<Record<string, string>>;
  head(origin: string): string;
  /** Its service's endpoints; what it does not name is answered with an empty 200. */
  answer(asked: Asked): unknown;
}

/** A stand-in for a tool's service: serves its files, answers in JSON, and keeps what it was sent. */
export async function startStub({ files, head, answer }: Stub): Promise<Service> {
  const server = await startLocalServer((asked): Reply => {
    const file = files[asked.url.split('?')[0] ?? ''];
    if (file !== undefined) return { type: 'text/javascript; charset=utf-8', body: file };
    return { type: 'application/json', body: JSON.stringify(answer(asked) ?? {}) };
  });
  return { head: head(server.origin), query: '', asked: () => server.asked, close: server.close };
}
