import { build } from 'esbuild';

/** Minifies an entry of `code` that imports packages found from `folder`, the way a site's own build would. */
export async function bundleForBrowsers(code: string, folder: string, define: Record<string, string> = {}): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: folder, loader: 'js' },
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2020',
    legalComments: 'none',
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"', ...define },
  });
  return outputFiles[0]?.text ?? '';
}
