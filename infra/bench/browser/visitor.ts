import type { Browser, BrowserContext } from 'playwright-core';
import { viewport } from '../pages/plan-visit.ts';

/** A new visitor with an empty browser that does not say that it is headless: some tools do not record such a one. */
export function newVisitor(browser: Browser): Promise<BrowserContext> {
  const userAgent = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${browser.version().split('.')[0]}.0.0.0 Safari/537.36`;
  return browser.newContext({ viewport, userAgent, locale: 'en-US', timezoneId: 'America/New_York' });
}
