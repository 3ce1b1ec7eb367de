import type { Sandbox } from '../sandbox.ts';
import { signatureHeaders } from './sign-request.ts';

/** Slack waits this long for an answer. */
const patienceMs = 3000;
const kept = 100;

export interface AppRequest {
  /** For the log: `block_actions claim`. */
  readonly what: string;
  readonly contentType: string;
  readonly body: string;
}

/** POSTs a signed request to the app's request URL. Answers null when all is well, else one sentence for the person who waits. */
export async function sendToApp(sandbox: Sandbox, request: AppRequest): Promise<string | null> {
  const startedAt = sandbox.now();
  const status = await post(sandbox, request);
  const durationMs = sandbox.now().getTime() - startedAt.getTime();
  const id = sandbox.state.next('outgoing');
  sandbox.state.outgoing.put({ id: String(id), at: startedAt.toISOString(), what: request.what, status, durationMs });
  sandbox.state.outgoing.remove(String(id - kept));
  sandbox.state.flush();
  sandbox.log(`slack → app: ${request.what} ${status ?? 'no answer'} ${durationMs} ms`);
  if (status === 200) return null;
  return status === null ? 'Leadlight did not answer within 3 seconds.' : `Leadlight answered ${status} instead of 200.`;
}

async function post(sandbox: Sandbox, { contentType, body }: AppRequest): Promise<number | null> {
  const { requestUrl, signingSecret } = sandbox.options.slack;
  const headers = { 'content-type': contentType, 'user-agent': 'Slackbot 1.0', ...signatureHeaders(signingSecret, body, sandbox.now()) };
  try {
    const response = await fetch(requestUrl, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    // Refused, cut or too slow: Slack treats them alike.
    return null;
  }
}
