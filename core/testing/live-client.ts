/** A viewer of the live view, for tests: reads server-sent events as a browser does, and can be cut and connected again. */
import { setTimeout as later } from 'node:timers/promises';

export interface HeardEvent {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
}

export interface LiveClient {
  /** Over all connections. */
  readonly heard: HeardEvent[];
  readonly ended: boolean;
  readonly status: number;
  lastId(): string;
  /** Waits until something heard fits; fails after ten seconds. */
  until(fits: (heard: readonly HeardEvent[]) => boolean): Promise<void>;
  cut(): Promise<void>;
}

export interface LiveCall {
  readonly headers?: Readonly<Record<string, string>>;
  /** Goes on behind it. */
  readonly lastId?: string;
  /** Where what is heard is kept: that of an earlier connection. */
  readonly heard?: HeardEvent[];
}

export async function openLive(url: string, { headers = {}, lastId = '', heard = [] }: LiveCall = {}): Promise<LiveClient> {
  const aborting = new AbortController();
  const given = lastId === '' ? {} : { 'Last-Event-ID': lastId };
  const response = await fetch(url, { headers: { Accept: 'text/event-stream', ...given, ...headers }, signal: aborting.signal });
  const state = { id: lastId, ended: false };
  const reading = read(response, (event) => heard.push(event), state)
    .catch(() => undefined)
    .finally(() => {
      state.ended = true;
    });
  return {
    heard,
    status: response.status,
    get ended() {
      return state.ended;
    },
    lastId: () => state.id,
    until: async (fits) => {
      for (const until = Date.now() + 10_000; !fits(heard); await later(5)) {
        if (Date.now() > until) throw new Error(`not heard within ten seconds: ${JSON.stringify(heard).slice(0, 2000)}`);
      }
    },
    cut: async () => {
      aborting.abort();
      await reading;
    },
  };
}

async function read(response: Response, take: (event: HeardEvent) => void, state: { id: string }): Promise<void> {
  let text = '';
  for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part;
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const fields = new Map(
        text
          .slice(0, end)
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()]),
      );
      text = text.slice(end + 2);
      state.id = fields.get('id') ?? state.id;
      const data = fields.get('data');
      if (data !== undefined) take({ id: state.id, name: fields.get('event') ?? 'message', data: JSON.parse(data) });
    }
  }
}
