/** Reads what a person types as the address of their website. */
import { Failure } from '#contract/failure.ts';
import { isLoopbackHost } from '../platform.ts';

/** Origins for one typed address: a bare domain stands for itself and its `www` twin, by https; loopback by http. */
export function parseDomain(typed: string): string[] {
  const url = urlOf(typed.trim());
  if (url === null || (!url.hostname.includes('.') && !isLoopbackHost(url.hostname))) {
    const message = 'Give the address of your website, for example www.example.com.';
    throw new Failure('invalid', message, { code: 'domain-invalid', fields: { domain: message } });
  }
  if (isLoopbackHost(url.hostname)) return [url.origin];
  const twin = url.hostname.startsWith('www.') ? url.hostname.slice(4) : `www.${url.hostname}`;
  return [url.origin, url.origin.replace(`//${url.hostname}`, `//${twin}`)];
}

function urlOf(typed: string): URL | null {
  const withScheme = /^https?:\/\//i.test(typed)
    ? typed
    : `${/^(localhost|127\.0\.0\.1)(:|\/|$)/.test(typed) ? 'http' : 'https'}://${typed}`;
  return URL.canParse(withScheme) ? new URL(withScheme) : null;
}
