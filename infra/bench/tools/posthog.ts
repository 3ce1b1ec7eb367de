import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Asked } from '../browser/local-server.ts';
import { startStub } from './start-stub.ts';
import type { Tool } from './tool.ts';

const version = '1.449.2';
const key = 'phc_bench';

/** PostHog: the files it serves. Its loader fetches the recorder because its settings switch recording on. */
export async function posthog(installPeer: (name: string, version: string) => Promise<string>): Promise<Tool> {
  const folder = path.join(await installPeer('posthog-js', version), 'node_modules/posthog-js/dist');
  const names = ['array.js', 'lazy-recorder.js', 'posthog-recorder.js', 'recorder.js', 'web-vitals.js'];
  const texts = await Promise.all(names.map(async (name) => [name, await readFile(path.join(folder, name), 'utf8')] as const));
  const files = Object.fromEntries(
    texts.flatMap(([name, text]) => [
      [`/static/${name}`, text],
      [`/static/${version}/${name}`, text],
    ]),
  );
  files[`/array/${key}/config.js`] = `window._POSTHOG_REMOTE_CONFIG={${key}:${JSON.stringify({ config: settings, siteApps: [] })}}`;
  return {
    name: 'PostHog',
    version,
    built: 'shipped dist/array.js, and what it loads for a recording (surveys off)',
    start: () => startStub({ files, head, answer }),
  };
}

/** The filter of robots would otherwise see one. */
function head(origin: string): string {
  const options = { api_host: origin, person_profiles: 'identified_only', disable_surveys: true, opt_out_useragent_filter: true };
  return `<script src="${origin}/static/array.js"></script><script>posthog.init('${key}', ${JSON.stringify(options)})</script>`;
}

/** As its service answers for a project with recording on, and the rest off. */
const settings = {
  supportedCompression: ['gzip', 'gzip-js'],
  sessionRecording: { endpoint: '/s/', recorderVersion: 'v2', consoleLogRecordingEnabled: false, networkPayloadCapture: null },
  hasFeatureFlags: false,
  capturePerformance: false,
  captureDeadClicks: false,
  autocaptureExceptions: false,
  surveys: false,
  heatmaps: false,
  defaultIdentifiedOnly: true,
  isAuthenticated: false,
  siteApps: [],
  toolbarParams: {},
};

function answer({ url }: Asked): unknown {
  if (url.startsWith('/array/')) return settings;
  if (url.startsWith('/flags')) return { ...settings, flags: {}, featureFlags: {}, errorsWhileComputingFlags: false };
  return { status: 1 };
}
