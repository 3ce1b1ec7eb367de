import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';

/** The checkout. */
export const root = path.resolve(import.meta.dirname, '../..');

export interface ToolResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a package's command (`node_modules/<script>`) with this Node. */
export async function runTool(script: string, args: readonly string[], cwd = root): Promise<ToolResult> {
  const command = [path.join(root, 'node_modules', script), ...args];
  const child = spawn(process.execPath, command, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
  const code = new Promise<number>((resolve, reject) => child.once('error', reject).once('close', (value) => resolve(value ?? 1)));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout: stdout.trim(), stderr: stderr.trim() };
}
