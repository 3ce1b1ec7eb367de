/** How a page is called in a sentence, and which pages a configured path means. */
import type { PageSummary } from '#core/sessions/summarise-shapes.ts';
import { titleCore } from '#core/sessions/summarise-text.ts';

/** `“Product tour”`. Pages behind a sign-in are not quoted: they greet people by name. */
export function pageName({ title, path, kind }: PageSummary): string {
  if (kind === 'account') return 'their account';
  const name = titleCore(title);
  return name === '' ? path : `“${name}”`;
}

/** `pattern`: a path, or the beginning of paths when it ends with `*`. */
export function matchesPath(pattern: string, path: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}
