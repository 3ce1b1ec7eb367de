/** A server under load, in a process of its own: started with an order, answers with where it listens. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export const targetOrder = z.object({ mongodbUri: z.string(), database: z.string() });
export type TargetOrder = z.infer<typeof targetOrder>;

const targetAnswer = z.object({ url: z.string(), tokens: z.array(z.string()) });

export interface Target extends z.infer<typeof targetAnswer> {
  readonly pid: number;
  close(): Promise<void>;
}

/** @param file of this folder, for example `core.ts`. */
export async function startTarget(file: string, order: TargetOrder): Promise<Target> {
  const program = fileURLToPath(new URL(file, import.meta.url));
  const child = fork(program, { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.send(order);
  const [message]: unknown[] = await once(child, 'message');
  return { ...targetAnswer.parse(message), pid: child.pid ?? 0, close: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** In the target's own process: serves what `prepare` makes of the order, until it is ended. */
export function serveTarget(
  prepare: (order: TargetOrder) => Promise<{ handler: RequestListener; path: string; tokens: readonly string[] }>,
): void {
  process.once('disconnect', () => process.exit(0));
  process.once('message', async (message: unknown) => {
    const { handler, path, tokens } = await prepare(targetOrder.parse(message));
    const server = createServer(handler);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    process.send?.({ url: `http://127.0.0.1:${port}${path}`, tokens });
  });
}
