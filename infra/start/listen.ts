/** Listens, and closes so that every request that was taken is answered first. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { Server as Listener, type Socket } from 'node:net';

export interface Listening {
  /** From now on no connection that is there is kept after its next answer. New ones are taken: who still comes has nowhere better. */
  drain(): void;
  /** Resolves when nothing is open any more. */
  close(): Promise<void>;
}

/** A port that is taken is told with what to do. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
}

/** How long requests in flight are waited for. */
const finishMs = 10_000;
/** A request may be on its way on a connection that looks idle. */
const lingerMs = 250;
const lookMs = 50;
/** A sender who takes longer for one request is not waited for: its memory is others'. */
const slowest = { headersTimeout: 15_000, requestTimeout: 30_000, connectionsCheckingInterval: 5000 };

interface Open {
  readonly sockets: Set<Socket>;
  readonly responses: Set<ServerResponse>;
  /** Connections that end with their next answer. */
  leaving: ReadonlySet<Socket> | 'all' | null;
}

export async function listen(
  handler: RequestListener,
  place: { readonly port: number; readonly host: string; readonly name: string },
): Promise<Listening> {
  const open: Open = { sockets: new Set(), responses: new Set(), leaving: null };
  const server = createServer({ keepAliveTimeout: 65_000, ...slowest }, (request, response) => {
    open.responses.add(response);
    response.once('close', () => open.responses.delete(response));
    if (open.leaving === 'all' || open.leaving?.has(request.socket) === true) response.setHeader('Connection', 'close');
    handler(request, response);
  });
  server.on('connection', (socket: Socket) => {
    open.sockets.add(socket);
    socket.once('close', () => open.sockets.delete(socket));
  });
  server.listen(place.port, place.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw isTaken(error) ? portTaken(place) : error;
  }
  return {
    drain: () => {
      open.leaving = new Set(open.sockets);
    },
    close: () => close(server, open),
  };
}

async function close(server: Server, open: Open): Promise<void> {
  const closed = once(server, 'close');
  // Right after the event loop took in all who stood at the door: nobody is shut out who was let connect.
  await new Promise(setImmediate);
  // Not the web server's own way, which cuts idle connections at once: a request may just be coming in on one.
  Listener.prototype.close.call(server);
  open.leaving = 'all';
  const began = performance.now();
  const look = setInterval(() => {
    endStreams(open.responses);
    const passedMs = performance.now() - began;
    if (passedMs < lingerMs) return;
    if (open.responses.size === 0 || passedMs > finishMs) server.closeAllConnections();
    else server.closeIdleConnections();
  }, lookMs);
  await closed;
  clearInterval(look);
}

/** A live feed ends when its listener goes: it connects again, elsewhere. */
function endStreams(responses: ReadonlySet<ServerResponse>): void {
  for (const response of responses) {
    const type = response.getHeader('Content-Type');
    if (typeof type === 'string' && type.startsWith('text/event-stream')) response.end();
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

function portTaken({ port, name }: { readonly port: number; readonly name: string }): PortTakenError {
  return new PortTakenError(
    `Port ${port}, meant for ${name}, is used by another program. End it, or choose other ports with LEADLIGHT_PORT.`,
  );
}
