/** Starts the demo's process and waits until its addresses answer. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type DemoOrder, demoAnswer } from './demo-order.ts';

export interface Demo {
  readonly demoSite: string;
  readonly sandbox: string;
  close(): Promise<void>;
}

/** The demo cannot run; `message` says why and what to do. */
export class DemoError extends Error {
  override readonly name = 'DemoError';
}

const program = fileURLToPath(new URL('run-demo.ts', import.meta.url));

export async function startDemo(order: DemoOrder): Promise<Demo> {
  const child = fork(program, { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const answered = once(child, 'message');
  child.send(order);
  const [message] = await Promise.race([answered, once(child, 'exit').then(() => [{ problem: 'The demo ended before it was ready.' }])]);
  const answer = demoAnswer.parse(message);
  if ('problem' in answer) throw new DemoError(answer.problem);
  return { demoSite: answer.demoSite, sandbox: answer.sandbox, close: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
