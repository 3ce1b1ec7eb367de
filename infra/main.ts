/**
 * Start reading here: names every part, joins them, and starts web and worker. `npm start` comes here once setup has brought what it
 * needs; `npm start -- --help` tells the options.
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Logger } from 'pino';
import { Failure } from '#contract/failure.ts';
import { MasterKeyError } from '#core/store/master-key.ts';
import { snippetTag } from '#core/workspaces/present-site.ts';
import { buildAll } from './build/build-all.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { connectDemo, demoOwner, demoSignIn, demoSiteOf, demoTrackedLink } from './demo/prepare-demo.ts';
import { DemoError, startDemo } from './demo/start-demo.ts';
import { type Closing, closeAll } from './start/closing.ts';
import { PortTakenError } from './start/listen.ts';
import { openLog } from './start/open-log.ts';
import { type RunningCore, startCore } from './start/start-core.ts';
import { stopOnSignals } from './start/stop-on-signals.ts';

interface Options {
  readonly demo: boolean;
  readonly json: boolean;
}

interface DemoSecrets {
  readonly hubspot: { readonly clientId: string; readonly clientSecret: string };
  readonly slack: { readonly clientId: string; readonly clientSecret: string; readonly signingSecret: string };
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function main(): Promise<void> {
  const options = readOptions();
  const config = readConfig();
  const log = openLog(config.logLevel);
  const closing: Closing[] = [];
  stopOnSignals(closing, { log, graceMs: config.drainGraceMs, say });
  try {
    await start(options, { config, log, closing });
  } catch (error) {
    await closeAll(closing, log);
    if (!isExpected(error)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}

function readOptions(): Options {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, 'no-demo': { type: 'boolean', default: false } } });
  return { json: values.json, demo: !values['no-demo'] };
}

interface Start {
  readonly config: Config;
  readonly log: Logger;
  readonly closing: Closing[];
}

async function start(options: Options, { config, log, closing }: Start): Promise<void> {
  await buildAll(config.core.buildDir, say);
  say('Starting MongoDB and the core');
  const secrets = demoSecrets();
  const core = await startCore(options.demo ? withSandbox(config, secrets) : config, log);
  closing.push(() => core.close());
  if (!options.demo) core.work();
  const addresses = options.demo
    ? await startWithDemo(core, { config, secrets, closing })
    : { core: config.core.publicUrl, app: config.core.publicUrl };
  if (options.json) process.stdout.write(`${JSON.stringify(addresses)}\n`);
  process.stdout.write(readyText(addresses));
}

/** The sandbox knows its app by these; they are new at every start. */
function demoSecrets(): DemoSecrets {
  const secret = () => randomBytes(24).toString('base64url');
  return {
    hubspot: { clientId: 'leadlight-sandbox', clientSecret: secret() },
    slack: { clientId: 'leadlight.sandbox', clientSecret: secret(), signingSecret: secret() },
  };
}

/** The connectors do not know that it is a sandbox: only the addresses differ. With the demo, a real account that is set is left alone. */
function withSandbox(config: Config, { hubspot, slack }: DemoSecrets): Config {
  const sandbox = `http://localhost:${config.ports.sandbox}`;
  const env = {
    HUBSPOT_CLIENT_ID: hubspot.clientId,
    HUBSPOT_CLIENT_SECRET: hubspot.clientSecret,
    HUBSPOT_API_URL: sandbox,
    HUBSPOT_APP_URL: sandbox,
    SLACK_CLIENT_ID: slack.clientId,
    SLACK_CLIENT_SECRET: slack.clientSecret,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: `${sandbox}/api/`,
    SLACK_AUTHORIZE_URL: `${sandbox}/oauth/v2/authorize`,
  };
  return { ...config, env: { ...config.env, ...env } };
}

async function startWithDemo({ platform, work }: RunningCore, { config, secrets, closing }: Omit<Start, 'log'> & { secrets: DemoSecrets }) {
  const { ports, dataDir } = config;
  const coreUrl = config.core.publicUrl;
  const owner = await demoOwner(platform, `http://localhost:${ports.demoSite}`);
  const { siteKey } = await demoSiteOf(owner);
  const snippet = snippetTag(platform, siteKey);
  say('Starting the demo site and the CRM and Slack sandbox');
  const demo = await startDemo({ dataDir, ports, coreUrl, headCode: snippet, ...secrets });
  closing.push(() => demo.close());
  work();
  await connectDemo(platform, owner);
  return {
    core: coreUrl,
    app: coreUrl,
    demoSite: demo.demoSite,
    sandbox: demo.sandbox,
    siteKey,
    snippet,
    signIn: await demoSignIn(platform, owner),
    trackedLink: await demoTrackedLink(platform, owner, demo.demoSite),
  };
}

type Addresses = { readonly core: string; readonly app: string } | Awaited<ReturnType<typeof startWithDemo>>;

function readyText(addresses: Addresses): string {
  if (!('demoSite' in addresses)) return `Leadlight is ready\n\n  Web app   ${addresses.app}\n\nPress Ctrl-C to stop.\n`;
  const row = (what: string, address: string) => `  ${what.padEnd(44)}${address}`;
  const { app, sandbox } = addresses;
  const lines = [
    'Leadlight is ready',
    '',
    row('1. Sign in as the demo owner (works once)', addresses.signIn),
    row('2. Click a tracked link, as a lead would', addresses.trackedLink),
    row('3. Watch it arrive in the web app', `${app}/contacts`),
    row('   on the HubSpot record', `${sandbox}/hubspot`),
    row('   and in Slack', `${sandbox}/slack`),
    '',
    row('Demo site', addresses.demoSite),
    row('CRM and Slack sandbox', sandbox),
    row('A workspace of your own', `${app}/welcome`),
    '',
    'Press Ctrl-C to stop.',
    '',
  ];
  return lines.join('\n');
}

function isExpected(error: unknown): error is Error {
  return (
    error instanceof ConfigError ||
    error instanceof MasterKeyError ||
    error instanceof PortTakenError ||
    error instanceof DemoError ||
    error instanceof Failure
  );
}

await main();
