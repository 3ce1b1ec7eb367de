/** The demo's own process: the invented company's website, and the sandbox that stands for HubSpot and Slack. Ends with its parent. */
import { join } from 'node:path';
import { startSandbox } from '../sandbox/start-sandbox.ts';
import { type DemoOrder, demoOrder } from './demo-order.ts';
import { startDemoSite } from './start-demo-site.ts';

async function run(order: DemoOrder): Promise<() => Promise<void>> {
  const callback = (provider: string) => [`${order.coreUrl}/v1/integrations/${provider}/callback`];
  const demoSite = await startDemoSite({
    port: order.ports.demoSite,
    headCode: order.headCode,
    dataFile: join(order.dataDir, 'demo-site.json'),
  });
  const sandbox = await startSandbox({
    port: order.ports.sandbox,
    dataFile: join(order.dataDir, 'sandbox.jsonl'),
    hubspot: { ...order.hubspot, redirectUris: callback('hubspot') },
    slack: { ...order.slack, redirectUris: callback('slack'), requestUrl: `${order.coreUrl}/v1/inbox/slack` },
    demoSiteUrl: demoSite.url,
  });
  process.send?.({ ready: true, demoSite: demoSite.url, sandbox: sandbox.url });
  return async () => {
    await Promise.all([demoSite.close(), sandbox.close()]);
  };
}

let close = async () => {};

process.once('message', (message: unknown) => {
  run(demoOrder.parse(message)).then(
    (closing) => {
      close = closing;
    },
    (error: unknown) => {
      process.send?.({ problem: problemOf(error) }, () => process.exit(1));
    },
  );
});

function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const taken = 'code' in error && error.code === 'EADDRINUSE' && 'port' in error;
  return taken
    ? `Port ${error.port}, meant for the demo, is used by another program. End it, or choose other ports with LEADLIGHT_PORT.`
    : error.message;
}

// However the parent ends, this ends too: the ports must be free for the next start.
process.once('disconnect', () => void close().finally(() => process.exit(0)));
process.on('SIGINT', () => undefined);
process.once('SIGTERM', () => void close().finally(() => process.exit(0)));
