/** Finds e-mail addresses by walking out from each `@`: linear, where a regex that starts at every letter is not. */
import type { Redact } from './scrub-text.ts';

const local = /[\p{L}\p{N}._%+'!$*^`{|}~-]/u;
const domain = /[\p{L}\p{N}.-]/u;
const validDomain = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}-]+)*\.[\p{L}][\p{L}\p{N}-]+$/u;

export function redactEmails(text: string, redact: Redact): string {
  let clean = '';
  let done = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const start = walkLeft(text, at, done);
    const end = walkRight(text, at);
    if (start === at || !validDomain.test(text.slice(at + 1, end))) continue;
    clean += text.slice(done, start) + redact('email', text.slice(start, end));
    done = end;
  }
  return clean + text.slice(done);
}

/** Neither walk crosses an `@`, so that no character is looked at more than twice. */
function walkLeft(text: string, at: number, stop: number): number {
  let start = at;
  while (start > stop && local.test(text.charAt(start - 1))) start -= 1;
  return start;
}

function walkRight(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && domain.test(text.charAt(end))) end += 1;
  while (end > at + 1 && /[.-]/.test(text.charAt(end - 1))) end -= 1;
  return end;
}
