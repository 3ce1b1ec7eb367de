/** A replica set of three on loopback, of which any member can be killed and started again. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mongo } from 'mongoose';
import { z } from 'zod';
import { runMongod } from '../../mongo/run-mongod.ts';
import type { RunningMongod } from '../../mongo/running-mongod.ts';
import { freePort } from '../../testing/free-port.ts';

export interface ReplicaSet {
  readonly uri: string;
  /** `kill -9` of the member that takes writes; answers once it is gone. */
  killPrimary(): Promise<void>;
  /** Starts again who was killed, and waits until all three are there. */
  restore(): Promise<void>;
  stop(): Promise<void>;
}

interface Member {
  readonly port: number;
  readonly dataDir: string;
  running: RunningMongod | null;
}

const size = 3;
const pollMs = 50;
const patienceMs = 60_000;
const hello = z.object({ isWritablePrimary: z.boolean() });
const status = z.object({ members: z.array(z.object({ stateStr: z.string() })) });

export async function startReplicaSet(binary: string, folder: string): Promise<ReplicaSet> {
  const members: Member[] = [];
  for (let number = 0; number < size; number += 1) {
    const dataDir = path.join(folder, `member-${number}`);
    await mkdir(dataDir, { recursive: true });
    members.push({ port: await freePort(), dataDir, running: null });
  }
  const start = async (member: Member) => {
    const { port, dataDir } = member;
    member.running = await runMongod({ binary, port, dataDir, logFile: path.join(folder, `mongod-${port}.log`) });
  };
  for (const member of members) await start(member);
  const hosts = members.map(({ port }) => `127.0.0.1:${port}`);
  const config = { _id: 'rs0', members: hosts.map((host, _id) => ({ _id, host })) };
  await ask(members[0]?.port ?? 0, (admin) => admin.command({ replSetInitiate: config }));
  await allThere(members);
  return {
    uri: `mongodb://${hosts.join(',')}/?replicaSet=rs0`,
    killPrimary: async () => kill(await primaryOf(members)),
    restore: async () => {
      for (const member of members) if (member.running === null) await start(member);
      await allThere(members);
    },
    stop: async () => {
      await Promise.all(members.map(kill));
    },
  };
}

async function kill(member: Member): Promise<void> {
  const { running } = member;
  if (running === null) return;
  process.kill(running.pid, 'SIGKILL');
  await running.ended;
  member.running = null;
}

async function primaryOf(members: readonly Member[]): Promise<Member> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await delay(pollMs)) {
    for (const member of members) if (member.running !== null && (await isPrimary(member))) return member;
  }
  throw new Error('No member of the replica set takes writes');
}

function isPrimary({ port }: Member): Promise<boolean> {
  return ask(port, async (admin) => hello.parse(await admin.command({ hello: 1 })).isWritablePrimary);
}

/** One primary, two secondaries that have caught up enough to say so. */
async function allThere(members: readonly Member[]): Promise<void> {
  const { port } = await primaryOf(members);
  for (const end = Date.now() + patienceMs; Date.now() < end; await delay(pollMs)) {
    const { members: states } = status.parse(await ask(port, (admin) => admin.command({ replSetGetStatus: 1 })));
    if (states.every(({ stateStr }) => stateStr === 'PRIMARY' || stateStr === 'SECONDARY')) return;
  }
  throw new Error('The replica set did not come together');
}

async function ask<Answer>(port: number, question: (admin: mongo.Db) => Promise<Answer>): Promise<Answer> {
  const client = new mongo.MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, { serverSelectionTimeoutMS: 5000 });
  try {
    return await question(client.db('admin'));
  } finally {
    await client.close();
  }
}
