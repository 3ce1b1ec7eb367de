import type { Sandbox } from '../sandbox.ts';
import type { Provider } from '../state/records.ts';
import type { ApiReply } from './answer-call.ts';

const kept = 500;

export interface CallEntry {
  readonly startedAt: Date;
  readonly provider: Provider;
  readonly method: string;
  readonly path: string;
  readonly reply: ApiReply;
  readonly fault: string;
}

/** Notes one API call; the oldest beyond 500 are dropped. */
export function logCall(sandbox: Sandbox, { startedAt, reply, ...entry }: CallEntry): void {
  const { state } = sandbox;
  const id = state.next('call');
  const durationMs = sandbox.now().getTime() - startedAt.getTime();
  const told = { status: reply.status, error: reply.error ?? '', rows: reply.rows ?? 0 };
  state.calls.put({ id: String(id), at: startedAt.toISOString(), durationMs, ...entry, ...told });
  state.calls.remove(String(id - kept));
  const fault = entry.fault ? ` [${entry.fault}]` : '';
  sandbox.log(
    `${entry.provider} ${entry.method} ${entry.path} ${told.status}${told.error ? ` ${told.error}` : ''} ${durationMs} ms${fault}`,
  );
}
