import { Client } from '@hubspot/api-client';
import type { ConnectorTools } from '#contract/connector.ts';
import { Failure } from '#contract/failure.ts';
import { networkTrouble } from '../shared/network-trouble.ts';

export interface HubspotSettings {
  /** Origin of the API, without a slash at the end. */
  readonly apiUrl: string;
  /** Origin of what people see. */
  readonly appUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly timeoutMs: number;
  readonly tools: ConnectorTools;
}

export interface HubspotRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Null for the OAuth endpoints, which are asked in the name of the app. */
  readonly accessToken: string | null;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: object;
  readonly form?: Readonly<Record<string, string>>;
}

export interface HubspotAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; the text itself where it is none; null where there is no body. */
  readonly body: unknown;
}

/** Sends one request, once. Answers whatever HubSpot said, refusals too; throws `vendorBusy` when it said nothing in time. */
export async function send(settings: HubspotSettings, request: HubspotRequest): Promise<HubspotAnswer> {
  const answer = await exchange(settings, request).catch((error: unknown) => {
    throw unanswered(networkTrouble(error));
  });
  report(settings, request, answer);
  return answer;
}

async function exchange(settings: HubspotSettings, request: HubspotRequest): Promise<HubspotAnswer> {
  const deadline = AbortSignal.timeout(settings.timeoutMs);
  const response = await untilDeadline(apiRequest(settings, request), deadline);
  return { status: response.status, headers: response.headers, body: await readBody(response, deadline) };
}

/**
 * A client for each call. The package keeps its limiter and its retries in one place for the whole process, where the newest client
 * wins, so both stay off: the delivery queue waits and tries again. Its typed methods know only the undated paths that are being
 * retired, hence `apiRequest`; and that one answers refusals like successes, so the caller looks at the status.
 */
function apiRequest(settings: HubspotSettings, request: HubspotRequest): Promise<Response> {
  const client = new Client({ basePath: settings.apiUrl, ...(request.accessToken === null ? {} : { accessToken: request.accessToken }) });
  return client.apiRequest({
    method: request.method,
    path: request.path,
    ...(request.query === undefined ? {} : { qs: { ...request.query } }),
    ...bodyOf(request),
  });
}

function bodyOf({ form, json }: HubspotRequest): { body?: unknown; defaultJson?: boolean; headers?: { [key: string]: string } } {
  if (form === undefined) return json === undefined ? {} : { body: json };
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return { body: new URLSearchParams({ ...form }).toString(), defaultJson: false, headers };
}

/**
 * The client takes no abort signal. After the deadline the request may therefore still reach HubSpot: the caller is told "no
 * answer", never "not done", and what comes late is thrown away.
 */
async function untilDeadline(pending: Promise<Response>, deadline: AbortSignal): Promise<Response> {
  const { promise: passed, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(deadline.reason);
  deadline.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([pending, passed]);
  } finally {
    deadline.removeEventListener('abort', giveUp);
    if (deadline.aborted) discard(pending);
  }
}

function discard(pending: Promise<Response>): void {
  pending.then(
    (late) => late.body?.cancel(),
    () => undefined,
  );
}

async function readBody(response: Response, deadline: AbortSignal): Promise<unknown> {
  if (response.body === null) return null;
  let text = '';
  for await (const part of response.body.pipeThrough(new TextDecoderStream(), { signal: deadline })) text += part;
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function report({ tools }: HubspotSettings, { method, path }: HubspotRequest, { status, headers }: HubspotAnswer): void {
  const remaining = headers.get('x-hubspot-ratelimit-remaining');
  tools.log.debug({ connector: 'hubspot', method, path, status, remaining }, 'asked HubSpot');
}

function unanswered(trouble: string): Failure {
  return new Failure('vendorBusy', `HubSpot did not answer (${trouble}). Leadlight tries again on its own.`, {
    code: trouble === 'timeout' ? 'hubspot-timeout' : 'hubspot-unreachable',
  });
}
