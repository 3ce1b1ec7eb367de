/** Makes the demo workspace at the first start and connects it to the sandbox as its owner would: through the consent pages. */
import { setTimeout as wait } from 'node:timers/promises';
import { channelList, connectStart, type Integration, integrationList } from '#contract/integrations.ts';
import { Contact } from '#core/contacts/contact.ts';
import { createTrackedLink } from '#core/contacts/create-tracked-link.ts';
import { linkAddress, TrackedLink } from '#core/contacts/tracked-link.ts';
import type { Platform } from '#core/platform.ts';
import { acrossWorkspaces } from '#core/store/tenant-guard.ts';
import { createWorkspace } from '#core/workspaces/create-workspace.ts';
import { Member, type MemberDocument } from '#core/workspaces/member.ts';
import { createSignInLink } from '#core/workspaces/sign-in-link.ts';
import { Site, type SiteDocument } from '#core/workspaces/site.ts';
import { Workspace } from '#core/workspaces/workspace.ts';

const dayMs = 86_400_000;
const alertChannel = 'hot-leads';
const syncPatienceMs = 60_000;

/** The owner of the demo workspace, made at the first start. */
export async function demoOwner(platform: Platform, demoSiteUrl: string): Promise<MemberDocument> {
  const workspace = await Workspace.findOne({ demo: true }).setOptions(acrossWorkspaces).lean();
  const owner = workspace === null ? null : await Member.findOne({ workspaceId: workspace.workspaceId, role: 'owner' }).lean();
  const found = owner ?? (await createWorkspace(platform, { ...demoWorkspace, domain: demoSiteUrl }));
  // The address moves with LEADLIGHT_PORT.
  await Site.updateOne({ workspaceId: found.workspaceId }, { $set: { origins: [demoSiteUrl] } });
  return found;
}

const demoWorkspace = { workspaceName: 'Halden (demo)', name: 'Dana Demo', email: 'dana@demo.example', password: null, demo: true };

export async function demoSiteOf(owner: MemberDocument): Promise<SiteDocument> {
  return Site.findOne({ workspaceId: owner.workspaceId }).orFail().lean();
}

/** Connects what is not connected yet. Goes through our own HTTP, as the owner's browser would. */
export async function connectDemo(platform: Platform, owner: MemberDocument): Promise<void> {
  const browser = await signIn(platform, owner);
  for (const { provider, connection } of await integrationsOf(browser)) {
    if (connection === null)
      await consent(browser, connectStart.parse(await browser('POST', `/v1/integrations/${provider}/connect`)).consentUrl);
  }
  await chooseAlertChannel(browser);
  await waitForSync(browser);
}

type Browser = (method: string, path: string, body?: object) => Promise<unknown>;

async function signIn(platform: Platform, owner: MemberDocument): Promise<Browser> {
  const { publicUrl } = platform.config;
  const token = new URL(await createSignInLink(platform, owner, 60_000)).searchParams.get('token');
  const json = { 'Content-Type': 'application/json', Origin: publicUrl };
  const answer = await fetch(`${publicUrl}/v1/sign-in/link`, { method: 'POST', headers: json, body: JSON.stringify({ token }) });
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return async (method, path, body) => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(new URL(path, publicUrl), { method, headers: { ...json, Cookie: cookie }, redirect: 'manual', ...init });
    if (response.status >= 400)
      throw new Error(`${method} ${new URL(path, publicUrl).pathname} answered ${response.status}: ${await response.text()}`);
    return response.headers.get('Content-Type')?.includes('json') ? response.json() : response.text();
  };
}

/** Reads the consent page, agrees, and follows the way back with the owner's cookie. */
async function consent(browser: Browser, consentUrl: string): Promise<void> {
  const page = await (await fetch(consentUrl)).text();
  const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1] ?? '';
  const fields = new URLSearchParams({ answer: 'connect' });
  for (const [, name = '', value = ''] of page.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g))
    fields.set(name, value.replaceAll('&amp;', '&'));
  const agreed = await fetch(new URL(action, consentUrl), { method: 'POST', body: fields, redirect: 'manual' });
  const back = agreed.headers.get('Location');
  if (back === null) throw new Error(`The consent page of the sandbox answered ${agreed.status}.`);
  await browser('GET', back);
}

async function integrationsOf(browser: Browser): Promise<readonly Integration[]> {
  return integrationList.parse(await browser('GET', '/v1/integrations')).items;
}

async function chooseAlertChannel(browser: Browser): Promise<void> {
  const alerts = (await integrationsOf(browser)).find((integration) => integration.kind === 'alerts')?.connection;
  if (alerts === null || alerts === undefined || alerts.channel !== null) return;
  const { items } = channelList.parse(await browser('GET', `/v1/connections/${alerts.id}/channels`));
  const channel = items.find(({ name }) => name.replace('#', '') === alertChannel) ?? items[0];
  if (channel !== undefined) await browser('PUT', `/v1/connections/${alerts.id}/channel`, { channelId: channel.id });
}

async function waitForSync(browser: Browser): Promise<void> {
  for (let waitedMs = 0; waitedMs < syncPatienceMs; waitedMs += 200) {
    const crm = (await integrationsOf(browser)).find((integration) => integration.kind === 'crm')?.connection;
    if (crm?.sync === null || crm === null || crm?.sync.state === 'done') return;
    if (crm?.sync.state === 'failed') throw new Error(`The sandbox could not be synchronised: ${crm.problem ?? 'no reason given'}`);
    await wait(200);
  }
}

/** A ready link to the demo site for one sample contact; the same at every start. */
export async function demoTrackedLink(platform: Platform, owner: MemberDocument, demoSiteUrl: string): Promise<string> {
  const { workspaceId } = owner;
  const url = `${demoSiteUrl}/pricing`;
  const known = await TrackedLink.findOne({ workspaceId, url, revokedAt: null }).sort({ createdAt: 1 }).lean();
  if (known !== null) return linkAddress(known.url, known.token);
  const contact = await Contact.findOne({ workspaceId }).sort({ createdAt: 1, _id: 1 }).lean();
  if (contact === null) throw new Error('The sandbox gave no contacts.');
  const link = await createTrackedLink(platform, { contact, url, createdBy: owner._id });
  return linkAddress(link.url, link.token);
}

/** Works once, for a day. */
export function demoSignIn(platform: Platform, owner: MemberDocument): Promise<string> {
  return createSignInLink(platform, owner, dayMs);
}
