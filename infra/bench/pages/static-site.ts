import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Reply, typeOf } from '../browser/local-server.ts';

/** Serves a folder as it is, and `extra` before it; `head` becomes the first thing in the head of every page. */
export function staticSite(folder: string, extra: Readonly<Record<string, string>>, head: string) {
  return {
    get(address: string): Reply | undefined {
      const body = extra[address] ?? fileIn(folder, address);
      if (body === undefined) return undefined;
      const isPage = address.endsWith('.html');
      return { type: typeOf(address), body: isPage ? withHead(body.toString(), head) : body };
    },
  };
}

/** Undefined too for what lies outside the folder. */
function fileIn(folder: string, address: string): Buffer | undefined {
  const file = path.join(folder, decodeURIComponent(address));
  if (!file.startsWith(folder + path.sep)) return undefined;
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** After the opening tag of the head, where sites paste such things. */
function withHead(html: string, head: string): string {
  return html.replace(/<head[^>]*>/i, (tag) => `${tag}${head}`);
}
