/** The core as `infra/main.ts` starts and stops it, without building anything for browsers, with one site that keeps every visitor. */
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { z } from 'zod';
import { createWorkspace } from '#core/workspaces/create-workspace.ts';
import { Site } from '#core/workspaces/site.ts';
import { type Config, readConfig } from '../../config.ts';
import type { Closing } from '../../start/closing.ts';
import { openLog } from '../../start/open-log.ts';
import { startCore } from '../../start/start-core.ts';
import { stopOnSignals } from '../../start/stop-on-signals.ts';

const order = z.object({
  mongodbUri: z.string(),
  database: z.string(),
  port: z.number(),
  metricsPort: z.number(),
  replayPort: z.number(),
  graceMs: z.number(),
});

async function run(message: unknown): Promise<void> {
  const { mongodbUri, database, port, metricsPort, replayPort, graceMs } = order.parse(message);
  const usual = readConfig({ LEADLIGHT_DATA: tmpdir(), LEADLIGHT_MASTER_KEY: randomBytes(32).toString('base64') });
  const ports = { ...usual.ports, core: port, replay: replayPort, metrics: metricsPort };
  const config: Config = { ...usual, ports, mongodbUri, database, drainGraceMs: graceMs, core: { ...usual.core, trustedProxies: 1 } };
  const log = openLog('error');
  const closing: Closing[] = [];
  stopOnSignals(closing, { log, graceMs, say: () => {} });
  const core = await startCore(config, log);
  closing.push(() => core.close());
  core.work();
  process.send?.(await makeSite(core.platform));
}

async function makeSite(platform: Awaited<ReturnType<typeof startCore>>['platform']) {
  const { workspaceId } = await createWorkspace(platform, {
    workspaceName: 'Drain',
    name: 'Dana Drain',
    email: 'dana@drain.example',
    domain: 'http://localhost',
    password: null,
    demo: false,
  });
  const { siteKey } = await Site.findOneAndUpdate({ workspaceId }, { $set: { 'config.modes.anonymousVisitors': true } })
    .orFail()
    .lean();
  return { siteKey };
}

process.once('message', (message: unknown) => void run(message));
