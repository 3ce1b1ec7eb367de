import { glob, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** A page of the demo site, whole but for the header code. */
export interface Page {
  /** Clean path: `/`, `/pricing`, `/docs/alerts`. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  /** The text of its main part, for the site search. */
  readonly text: string;
  /** Whether it is to be found by search: a cart or a thank-you page is not. */
  readonly findable: boolean;
  html(headCode: string): string;
}

export interface Pages {
  readonly all: ReadonlyMap<string, Page>;
  readonly notFound: Page;
}

/**
 * Reads `site/`: every file of `pages/` is the inside of a head followed by a `<main>`, and is set into `layout.html`.
 * `<!-- part: name -->` stands for `parts/name.html`. Throws when a file is missing or has no title, description or main.
 */
export async function loadPages(root: string): Promise<Pages> {
  const parts = new Map<string, string>();
  for await (const file of glob('*.html', { cwd: join(root, 'parts') })) {
    parts.set(file.replace('.html', ''), await readFile(join(root, 'parts', file), 'utf8'));
  }
  const layout = fillParts(await readFile(join(root, 'layout.html'), 'utf8'), parts);
  const read = async (file: string, path: string) => makePage(path, layout, fillParts(await readFile(join(root, file), 'utf8'), parts));

  const all = new Map<string, Page>();
  for await (const file of glob('**/*.html', { cwd: join(root, 'pages') })) {
    const path = cleanPath(file);
    all.set(path, await read(join('pages', file), path));
  }
  return { all, notFound: await read('not-found.html', '/not-found') };
}

function cleanPath(file: string): string {
  const path = `/${file.split(sep).join('/').replace('.html', '')}`;
  return path.replace(/\/index$/, '') || '/';
}

function fillParts(html: string, parts: ReadonlyMap<string, string>): string {
  return html.replace(/<!-- part: ([\w-]+) -->/g, (_, name: string) => {
    const part = parts.get(name);
    if (part === undefined) throw new Error(`the demo site has no part “${name}”`);
    return part.trim();
  });
}

function makePage(path: string, layout: string, source: string): Page {
  const [, head, body] = /^([\s\S]*?)(<main[\s\S]*)$/.exec(source) ?? [];
  const title = /<title>(.+)<\/title>/.exec(source)?.[1];
  const description = /<meta name="description" content="([^"]+)"/.exec(source)?.[1];
  if (head === undefined || body === undefined || title === undefined || description === undefined) {
    throw new Error(`the demo site's page ${path} needs a title, a description and a main part`);
  }
  const whole = layout.replace('<!-- page: head -->', () => head.trim()).replace('<!-- page: body -->', () => body.trim());
  const [before, after] = whole.split('<!-- header code -->');
  const findable = !head.includes('content="noindex"');
  return { path, title, description, findable, text: plainText(body), html: (headCode) => `${before}${headCode}${after}` };
}

function plainText(html: string): string {
  const visible = html.replace(/<(script|style|svg|template)\b[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, ' ');
  return visible
    .replace(/&amp;/g, '&')
    .replace(/&nbsp;/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
