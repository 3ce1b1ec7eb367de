import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { startStub } from './start-stub.ts';
import type { Tool } from './tool.ts';

const version = '0.8.70';

/** Microsoft Clarity: the file it ships, started as its tag starts it. */
export async function clarity(installPeer: (name: string, version: string) => Promise<string>): Promise<Tool> {
  const folder = await installPeer('clarity-js', version);
  const shipped = await readFile(path.join(folder, 'node_modules/clarity-js/build/clarity.min.js'), 'utf8');
  return {
    name: 'Clarity',
    version,
    built: 'shipped build/clarity.min.js',
    start: () => startStub({ files: { '/clarity.js': shipped }, head, answer: () => undefined }),
  };
}

function head(origin: string): string {
  const options = JSON.stringify({ projectId: 'bench', upload: `${origin}/collect`, track: true, content: true });
  return `<script>window.clarity=window.clarity||function(){(window.clarity.q=window.clarity.q||[]).push(arguments)};
window.clarity('start',${options})</script><script async src="${origin}/clarity.js"></script>`;
}
