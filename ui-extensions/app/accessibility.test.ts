import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { after, before, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { type AppInBrowser, startAppInBrowser } from './testing/app-in-browser.ts';
import { anonymousWorld, emptyWorld, fullWorld, newWorkspaceWorld, type World } from './testing/fake-world.ts';

interface Case {
  readonly path: string;
  readonly world: () => World;
  /** A heading that says that the page is complete. */
  readonly heading: string;
  readonly signedIn?: boolean;
}

/** The full world with short lists: the fiftieth row of a list says nothing new about it. */
function shortWorld(): World {
  const world = fullWorld();
  world.contacts = world.contacts.slice(0, 8);
  world.deliveries = world.deliveries.slice(0, 8);
  return world;
}

function shortAnonymousWorld(): World {
  const world = anonymousWorld();
  world.sessions = world.sessions.slice(0, 16);
  return world;
}

const cases: readonly Case[] = [
  { path: '/welcome', world: emptyWorld, heading: 'Create your workspace', signedIn: false },
  { path: '/sign-in', world: shortWorld, heading: 'Sign in', signedIn: false },
  { path: '/start', world: newWorkspaceWorld, heading: 'Paste the snippet (step 1)' },
  { path: '/contacts', world: shortWorld, heading: 'Contacts' },
  { path: '/contacts/c1', world: shortWorld, heading: 'Why 86' },
  { path: '/links', world: shortWorld, heading: 'For a campaign' },
  { path: '/r/s1', world: shortWorld, heading: 'Sessions of this person' },
  { path: '/settings/integrations', world: newWorkspaceWorld, heading: 'What Leadlight creates in HubSpot' },
  { path: '/settings/integrations', world: shortWorld, heading: 'Slack' },
  { path: '/settings/sync-log', world: shortWorld, heading: 'Sync log' },
  { path: '/settings/api-keys', world: shortWorld, heading: 'Data warehouse' },
  { path: '/settings/dead-letters', world: shortWorld, heading: 'Dead letters' },
  { path: '/settings/general', world: shortWorld, heading: 'Workspace' },
  { path: '/settings/sites', world: shortWorld, heading: 'Add a site' },
  { path: '/settings/sites/site1', world: shortWorld, heading: 'Site key' },
  { path: '/settings/sites/site1/tracking', world: shortWorld, heading: 'Your own visits' },
  { path: '/settings/sites/site1/leaks', world: shortWorld, heading: 'What to do' },
  { path: '/settings/sites/site1/leaks', world: newWorkspaceWorld, heading: 'Nothing to check yet' },
  { path: '/visitors', world: shortAnonymousWorld, heading: 'Visitors' },
  { path: '/visitors', world: newWorkspaceWorld, heading: 'Anonymous visitors are not tracked' },
  { path: '/nowhere', world: shortWorld, heading: 'There is no page here' },
];

const everyRule = (axe: AxeBuilder) => axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
/** Another scheme changes colours alone. */
const colourRules = (axe: AxeBuilder) => axe.withRules(['color-contrast', 'link-in-text-block']);

async function seriousProblems(page: Page, choose: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  const { violations } = await choose(new AxeBuilder({ page })).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`));
}

describe('every page', () => {
  let app: AppInBrowser;
  before(async () => {
    app = await startAppInBrowser();
  });
  after(() => app.close());

  for (const { path, world, heading, signedIn = true } of cases) {
    it(`is accessible in light and dark, and fits a narrow screen: ${path} (${heading})`, async () => {
      const { page, context } = await app.open(path, { world: world(), signedIn });
      await page.getByRole('heading', { name: heading }).first().waitFor();
      assert.deepEqual(await seriousProblems(page, everyRule), [], 'light');
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
      assert.deepEqual(await seriousProblems(page, colourRules), [], 'dark');
      await page.setViewportSize({ width: 380, height: 800 });
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 380, 'wider than the screen');
      await context.close();
    });
  }

  it('moves the focus to the new page, and opens the menu of a narrow screen with a button', async () => {
    const { page, context } = await app.open('/contacts', { world: fullWorld(), width: 380 });
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('link', { name: 'Sync log' }).click();
    await page.getByRole('heading', { name: 'Sync log' }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'main');
    assert.equal(await page.getByRole('link', { name: 'Sync log' }).isVisible(), false);
    await context.close();
  });
});
