/** Whether a link, as it was copied into an e-mail, would recognise who opens it. */
import type { z } from 'zod';
import type { linkCheck } from '#contract/rest.ts';
import { Site } from '../workspaces/site.ts';
import { Contact } from './contact.ts';
import { TrackedLink } from './tracked-link.ts';

type Check = z.infer<typeof linkCheck>;

const nobody = { works: false, contactId: null, linkId: null } as const;

export async function checkLink(workspaceId: string, url: string): Promise<Check> {
  const { origin, searchParams } = new URL(url);
  const token = searchParams.get('ll') ?? '';
  if (token === '') return { ...nobody, code: 'no-token', text: 'The address has no “ll” in it: it recognises nobody.' };
  const link = await TrackedLink.findOne({ workspaceId, token }, { contactId: 1, revokedAt: 1 }).lean();
  const contact = link === null ? await Contact.findOne({ workspaceId, linkToken: token }, { _id: 1 }).lean() : null;
  if (link === null && contact === null) {
    return { ...nobody, code: 'token-unknown', text: 'The token in “ll” belongs to no link and no contact of this workspace.' };
  }
  const whose = { contactId: link?.contactId ?? contact?._id ?? null, linkId: link?._id ?? null };
  if (link !== null && link.revokedAt !== null) return { ...whose, works: false, code: 'revoked', text: 'The link was revoked.' };
  if ((await Site.exists({ workspaceId, origins: origin })) === null) {
    const text = `${origin} is no domain of your sites: no snippet reads the token there. Add it under Settings → Sites.`;
    return { ...whose, works: false, code: 'foreign-site', text };
  }
  return { ...whose, works: true, code: 'works', text: 'Whoever opens it first is recognised as this contact.' };
}
