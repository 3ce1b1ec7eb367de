/** The stream of live news on the fake API: a test says what happens. */
import type { ServerResponse } from 'node:http';
import type { LiveNewsName } from '#contract/live.ts';

export interface FakeLive {
  /** Browsers that listen now. */
  readonly listening: number;
  tell(name: LiveNewsName, data: object): void;
  /** Refuses from now on, and ends what is open; `true` takes streams again. */
  allow(isAllowed: boolean): void;
  take(response: ServerResponse, state: object): void;
}

export function fakeLive(): FakeLive {
  const open = new Set<ServerResponse>();
  let isAllowed = true;
  let count = 0;
  const write = (response: ServerResponse, name: string, data: object) => {
    count += 1;
    response.write(`id: 1.1.${count}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  return {
    get listening() {
      return open.size;
    },
    tell: (name, data) => {
      for (const response of open) write(response, name, data);
    },
    allow: (allowed) => {
      isAllowed = allowed;
      if (!allowed) for (const response of open) response.end();
    },
    take: (response, state) => {
      if (!isAllowed) return void response.writeHead(503).end();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      open.add(response);
      response.once('close', () => open.delete(response));
      write(response, 'state', state);
    },
  };
}
