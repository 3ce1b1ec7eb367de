/** A server on loopback that speaks the S3 protocol, keeps its objects in a folder and checks every signature. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import type { S3Config } from '../store/s3-blobs.ts';

export interface S3Server {
  readonly config: S3Config;
  close(): Promise<void>;
}

export async function startS3Server(): Promise<S3Server> {
  const directory = await mkdtemp(join(tmpdir(), 'leadlight-s3-'));
  const bucket = 'recordings';
  const buckets = { configureBuckets: [{ name: bucket }], vhostBuckets: false };
  const server = new S3rver({ address: '127.0.0.1', port: 0, directory, silent: true, ...buckets });
  const { port } = await server.run();
  const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
  return {
    config: { endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', bucket, pathStyle: true, ...keys },
    close: async () => {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
