import { z } from 'zod';
import { bundleForBrowsers } from './bundle-for-browsers.ts';
import { startStub } from './start-stub.ts';
import type { Tool } from './tool.ts';

const version = '2.1.6';
const code =
  'import { record } from "@rrweb/record"; window.rrwebEvents = []; record({ emit: (event) => window.rrwebEvents.push(event) });';

/** The limit: rrweb's recorder as it is (its smallest package, which is released less often), its events kept in the page and sent nowhere. */
export async function rrwebAlone(name: string, installPeer: (name: string, version: string) => Promise<string>): Promise<Tool> {
  const files = { '/rrweb.js': await bundleForBrowsers(code, await installPeer('@rrweb/record', version)) };
  return {
    name,
    version,
    built: 'esbuild bundle of @rrweb/record',
    start: async () => ({
      ...(await startStub({ files, head: (origin) => `<script async src="${origin}/rrweb.js"></script>`, answer: () => ({}) })),
      recording: async (page) => z.string().parse(await page.evaluate('JSON.stringify(window.rrwebEvents)')),
    }),
  };
}
