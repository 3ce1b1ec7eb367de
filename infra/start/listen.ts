/** Listens, and closes so that requests in flight are answered first. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';

export interface Listening {
  close(): Promise<void>;
}

/** A port that is taken is told with what to do. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
}

/** Browsers hold spare connections on which they never ask anything: these are not waited for longer than this. */
const graceMs = 3000;
const sweepMs = 100;

export async function listen(
  handler: RequestListener,
  place: { readonly port: number; readonly host: string; readonly name: string },
): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: 65_000 }, handler);
  server.listen(place.port, place.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!taken) throw error;
    throw new PortTakenError(
      `Port ${place.port}, meant for ${place.name}, is used by another program. End it, or choose other ports with LEADLIGHT_PORT.`,
    );
  }
  return {
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
      const impatience = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(impatience);
      clearInterval(sweep);
    },
  };
}
