import type { Asked } from '../browser/local-server.ts';
import { bundleForBrowsers } from './bundle-for-browsers.ts';
import { startStub } from './start-stub.ts';
import type { Tool } from './tool.ts';

const version = '19.0.1';
const code = `import Tracker from '@openreplay/tracker';
const ingestPoint = new URL(document.currentScript.src).origin;
new Tracker({ projectKey: 'bench', ingestPoint, __DISABLE_SECURE_MODE: true }).start();`;

/** OpenReplay's tracker, as a site that installs it from npm would build it. */
export async function openreplay(installPeer: (name: string, version: string) => Promise<string>): Promise<Tool> {
  const folder = await installPeer('@openreplay/tracker', version);
  const files = { '/openreplay.js': await bundleForBrowsers(code, folder) };
  return {
    name: 'OpenReplay',
    version,
    built: 'esbuild bundle of the npm package',
    start: () => startStub({ files, head: (origin) => `<script async src="${origin}/openreplay.js"></script>`, answer }),
  };
}

/** The limits are those of its open-source backend. */
function answer({ url }: Asked): unknown {
  if (!url.startsWith('/v1/web/start')) return {};
  return {
    token: 'bench-token',
    userUUID: '6f3b8c0e-3f0e-4a9b-9f57-3c1a0d1e2f30',
    sessionID: '4000000000000000001',
    projectID: '1',
    beaconSizeLimit: 1_000_000,
    compressionThreshold: 24_000,
    delay: 0,
    startTimestamp: Date.now(),
    userBrowser: 'Chrome',
    userOS: 'Linux',
    userDevice: '',
    userCountry: 'DE',
    userCity: '',
    userState: '',
    canvasEnabled: false,
    features: {},
  };
}
