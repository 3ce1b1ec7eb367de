import { z } from 'zod';
import type { Grant } from '#contract/connector.ts';
import { Failure } from '#contract/failure.ts';
import { hubspotPaths } from './api-version.ts';
import { call } from './call.ts';
import { type ContactProperty, type ContactPropertyName, contactProperties, PROPERTY_GROUP } from './properties.ts';
import type { HubspotSettings } from './send.ts';

const anything = z.unknown();
const knownOption = z.looseObject({ label: z.string(), value: z.string() });
const knownProperty = z.object({ type: z.string(), options: z.array(knownOption).catch([]) });
type KnownProperty = z.infer<typeof knownProperty>;

/** Makes the property group and the properties that are missing, mends option lists, and answers the names of what it made. */
export async function prepare(settings: HubspotSettings, grant: Grant): Promise<{ readonly created: readonly string[] }> {
  const created: string[] = (await ensureGroup(settings, grant)) ? [PROPERTY_GROUP.name] : [];
  for (const property of contactProperties) {
    if (await ensureProperty(settings, grant, property)) created.push(property.name);
  }
  return { created };
}

async function ensureGroup(settings: HubspotSettings, { accessToken }: Grant): Promise<boolean> {
  const path = `${hubspotPaths.properties}/groups`;
  const found = await orNull('hubspot-not-found', () =>
    call(settings, { method: 'GET', path: `${path}/${PROPERTY_GROUP.name}`, accessToken }, anything),
  );
  if (found !== null) return false;
  const made = await orNull('hubspot-conflict', () =>
    call(settings, { method: 'POST', path, accessToken, json: PROPERTY_GROUP }, anything),
  );
  return made !== null;
}

async function ensureProperty(settings: HubspotSettings, grant: Grant, wanted: ContactProperty): Promise<boolean> {
  const found = await readProperty(settings, grant, wanted.name);
  if (found !== null) return adopt(settings, grant, { wanted, found });
  const json = creationOf(wanted);
  const { accessToken } = grant;
  const made = await orNull('hubspot-conflict', () =>
    call(settings, { method: 'POST', path: hubspotPaths.properties, accessToken, json }, anything),
  );
  return made !== null;
}

/** Those of our properties that are there. */
export async function existingProperties(settings: HubspotSettings, grant: Grant): Promise<ContactPropertyName[]> {
  const existing: ContactPropertyName[] = [];
  for (const { name } of contactProperties) {
    if ((await readProperty(settings, grant, name)) !== null) existing.push(name);
  }
  return existing;
}

function readProperty(settings: HubspotSettings, { accessToken }: Grant, name: string): Promise<KnownProperty | null> {
  const path = `${hubspotPaths.properties}/${name}`;
  return orNull('hubspot-not-found', () => call(settings, { method: 'GET', path, accessToken }, knownProperty));
}

interface Adoption {
  readonly wanted: ContactProperty;
  readonly found: KnownProperty;
}

/** Uses a property that exists. Options that somebody removed come back, since HubSpot refuses any value outside the list. */
async function adopt(settings: HubspotSettings, { accessToken }: Grant, { wanted, found }: Adoption): Promise<false> {
  if (found.type !== wanted.type) throw wrongType(wanted, found.type);
  const known = new Set(found.options.map((option) => option.value));
  const missing = (wanted.options ?? []).filter((value) => !known.has(value));
  if (missing.length === 0) return false;
  const json = { options: [...found.options, ...optionsOf(missing, found.options.length)] };
  await call(settings, { method: 'PATCH', path: `${hubspotPaths.properties}/${wanted.name}`, accessToken, json }, anything);
  return false;
}

function creationOf({ options, ...property }: ContactProperty) {
  const made = { ...property, groupName: PROPERTY_GROUP.name, formField: false };
  return options === undefined ? made : { ...made, options: optionsOf(options, 0) };
}

function optionsOf(values: readonly string[], after: number) {
  return values.map((value, index) => ({
    label: value.charAt(0).toUpperCase() + value.slice(1),
    value,
    displayOrder: after + index,
    hidden: false,
  }));
}

function wrongType({ name, type }: ContactProperty, found: string): Failure {
  return new Failure(
    'vendorRefused',
    `HubSpot already has a contact property “${name}” of type ${found}, and Leadlight needs it to be ${type}. Rename or delete it in HubSpot (Settings, Properties), then try again.`,
    { code: 'hubspot-property-conflict' },
  );
}

/** Null where HubSpot refuses with `code`: what was asked for is missing, or was made by somebody else in the meantime. */
async function orNull<Result>(code: string, ask: () => Promise<Result>): Promise<Result | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Failure && error.code === code) return null;
    throw error;
  }
}
