import { bundleForBrowsers } from './bundle-for-browsers.ts';
import { startStub } from './start-stub.ts';
import type { Tool } from './tool.ts';

const version = '11.12.0';
const code = `import { init, replayIntegration } from '@sentry/browser';
const { host } = new URL(document.currentScript.src);
init({ dsn: 'http://public@' + host + '/1', integrations: [replayIntegration()], replaysSessionSampleRate: 1 });`;

/** Sentry with replay, as a site that installs it from npm would build it. */
export async function sentry(installPeer: (name: string, version: string) => Promise<string>): Promise<Tool> {
  const folder = await installPeer('@sentry/browser', version);
  const files = { '/sentry.js': await bundleForBrowsers(code, folder, { __SENTRY_DEBUG__: 'false', __SENTRY_TRACING__: 'false' }) };
  return {
    name: 'Sentry replay',
    version,
    built: 'esbuild bundle of the npm package, without its debug code',
    start: () => startStub({ files, head: (origin) => `<script async src="${origin}/sentry.js"></script>`, answer: () => ({}) }),
  };
}
