/** Requests to the core. It may be down, slow or somebody else by now: a request ends after a while, and an answer has a largest size. */
import { scriptTag } from './script-tag.ts';

const patienceMs = 20_000;
const longestAnswer = 500_000;

/** Rejects when the core cannot be reached, sends us elsewhere or takes too long. No cookie goes along. */
export function askCore(address: string, init: RequestInit = {}): Promise<Response> {
  return fetch(address, {
    ...init,
    credentials: 'omit',
    referrerPolicy: 'origin',
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  });
}

/** Plain text needs no preflight, which would double the requests and cannot be made from a page that is leaving. */
export function postToCore(body: string | ArrayBuffer | Uint8Array<ArrayBuffer>, keepalive: boolean, more = ''): Promise<Response> {
  return askCore(scriptTag.ingest + more, { method: 'POST', body, keepalive, headers: { 'content-type': 'text/plain' } });
}

/** The answer as JSON; throws where it is none, or too long to be one of ours. */
export async function readJson(response: Response): Promise<unknown> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || text.length > longestAnswer) break;
    text += decoder.decode(value, { stream: true });
  }
  reader?.cancel().catch(() => {});
  return JSON.parse(text);
}
