import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startMongo } from '../mongo.ts';
import { freePort } from '../testing/free-port.ts';
import { silentLog } from '../testing/silent-log.ts';
import { installPeer } from './install-peer.ts';

/** What a benchmark is given. Everything started through it is ended after the run. */
export interface BenchTools {
  /** A private MongoDB, empty, on loopback. */
  startMongo(): Promise<string>;
  /** A folder that is gone afterwards. */
  folder(): Promise<string>;
  installPeer(name: string, version: string): Promise<string>;
  /** Whether a peer is to be measured: all are, where none was named. */
  isWanted(peer: string): boolean;
  /** Asked for as `--short`: less time, figures that say less. */
  readonly short: boolean;
  /** Says something to the person who waits (stderr). */
  say(line: string): void;
}

/** Hands out tools, and ends what they started, the newest first. */
export async function withBenchTools<Result>(
  { mongod, wanted, short }: { mongod: string; wanted: readonly string[]; short: boolean },
  use: (tools: BenchTools) => Promise<Result>,
): Promise<Result> {
  await using open = new AsyncDisposableStack();
  const folder = async () => {
    const made = await mkdtemp(path.join(tmpdir(), 'leadlight-bench-'));
    open.defer(() => rm(made, { recursive: true, force: true }));
    return made;
  };
  const start = async () => {
    const dataDir = path.join(await folder(), 'data');
    const mongo = await startMongo({ binary: mongod, dataDir, port: await freePort(), log: silentLog });
    open.defer(mongo.stop);
    return mongo.uri;
  };
  const isWanted = (peer: string) => wanted.length === 0 || wanted.includes(peer.toLowerCase());
  return await use({ startMongo: start, folder, installPeer, isWanted, short, say: (line) => process.stderr.write(`${line}\n`) });
}
