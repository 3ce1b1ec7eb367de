/** A line to the database that can be cut and joined again: what an outage looks like to the driver. */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface CuttableLine {
  /** The database through this line, for one connection of the driver. */
  readonly uri: string;
  cut(): Promise<void>;
  join(): Promise<void>;
  close(): Promise<void>;
}

/** @param uri of a MongoDB on this machine. */
export async function cuttableLine(uri: string): Promise<CuttableLine> {
  const { hostname, port } = new URL(uri);
  const sockets = new Set<Socket>();
  const open = (near: Socket) => {
    const far = connect(Number(port), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => sockets.delete(socket));
      socket.pipe(other);
    }
  };
  let server = await listen(open, 0);
  const address = server.address();
  const ownPort = typeof address === 'object' && address !== null ? address.port : 0;
  const cut = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    uri: `mongodb://127.0.0.1:${ownPort}/?directConnection=true&serverSelectionTimeoutMS=2000&heartbeatFrequencyMS=500`,
    cut,
    join: async () => {
      server = await listen(open, ownPort);
    },
    close: cut,
  };
}

async function listen(open: (socket: Socket) => void, port: number): Promise<Server> {
  const server = createServer(open);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
