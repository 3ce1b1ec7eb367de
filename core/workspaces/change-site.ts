/** Adds a site to a workspace and changes one: only what is named, so that two people who change two things both get theirs. */
import mongoose from 'mongoose';
import type { SiteChange } from '#contract/api.ts';
import { Failure } from '#contract/failure.ts';
import type { Platform } from '../platform.ts';
import { parseDomain } from './parse-domain.ts';
import { missing } from './require-member.ts';
import { newSite, newSiteKey, Site, type SiteDocument } from './site.ts';
import { noteSiteChange } from './site-generation.ts';

const maxSites = 200;

/** Throws `invalid` for what is no domain, `conflict` for one that the workspace has already. */
export async function addSite(
  platform: Platform,
  { workspaceId }: { readonly workspaceId: string },
  domain: string,
): Promise<SiteDocument> {
  const origins = parseDomain(domain);
  if ((await Site.countDocuments({ workspaceId })) >= maxSites) {
    throw new Failure('conflict', `A workspace has at most ${maxSites} sites. Add the domain to one of them.`, { code: 'too-many-sites' });
  }
  const site = newSite({ workspaceId, origins, createdAt: platform.clock.now() });
  await refusingTaken(site, 'domain', () => Site.create([site]));
  return site;
}

/** @returns the site as it is now. Throws `missing`, `invalid`, `conflict`. */
export async function changeSite({ workspaceId, _id }: SiteDocument, change: SiteChange): Promise<SiteDocument> {
  const { origins: typed, modes, exclusion, location, ...parts } = change;
  const origins = typed === undefined ? undefined : originsOf(typed);
  const fields = {
    ...(origins === undefined ? {} : { origins }),
    ...within('config', parts),
    ...within('config.modes', modes),
    ...within('exclusion', exclusion),
    ...within('location', location),
  };
  const update = () => Site.findOneAndUpdate({ workspaceId, _id }, { $set: fields }, { returnDocument: 'after' }).lean();
  return changed(await refusingTaken({ _id, workspaceId, origins: origins ?? [] }, 'origins', update));
}

/** The key that was copied into pages until now is worth nothing from here on. */
export async function rotateSiteKey({ workspaceId, _id }: SiteDocument): Promise<SiteDocument> {
  const renewed = { $set: { siteKey: newSiteKey(), snippetSeenAt: null } };
  return changed(await Site.findOneAndUpdate({ workspaceId, _id }, renewed, { returnDocument: 'after' }).lean());
}

function changed(site: SiteDocument | null): SiteDocument {
  noteSiteChange();
  if (site === null) throw missing('site');
  return site;
}

/** Dotted paths, so that the neighbours of what changes stay. */
function within(parent: string, parts: object = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parts).flatMap(([name, value]) => (value === undefined ? [] : [[`${parent}.${name}`, value]])));
}

/** A full origin is meant as it stands; a bare domain stands for its `www` twin too. */
function originsOf(typed: readonly string[]): string[] {
  const origins = typed.flatMap((text, index) => parsed(text, index).slice(0, /^https?:\/\//i.test(text) ? 1 : 2));
  return [...new Set(origins)];
}

function parsed(text: string, index: number): string[] {
  try {
    return parseDomain(text);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure('invalid', error.message, { code: error.code, fields: { [`origins.${index}`]: error.message }, cause: error });
  }
}

type Claim = Pick<SiteDocument, '_id' | 'workspaceId' | 'origins'>;

/** Says which domain is taken. The unique index has the last word where two people are at it at once. */
async function refusingTaken<Result>(claim: Claim, field: string, write: () => Promise<Result>): Promise<Result> {
  await refuseTaken(claim, field);
  try {
    return await write();
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoServerError && error.code === 11000) await refuseTaken(claim, field);
    throw error;
  }
}

async function refuseTaken({ _id, workspaceId, origins }: Claim, field: string): Promise<void> {
  if (origins.length === 0) return;
  const other = await Site.findOne({ workspaceId, _id: { $ne: _id }, origins: { $in: origins } }, { origins: 1 }).lean();
  if (other === null) return;
  const taken = other.origins.find((origin) => origins.includes(origin)) ?? '';
  const message = `${taken} belongs to another site of this workspace already. Change it there, or remove it there first.`;
  throw new Failure('conflict', message, { code: 'domain-taken', fields: { [field]: message } });
}
