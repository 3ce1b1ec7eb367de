/** Whether an address is of the site's own people, whose visits are never kept. */
import { Member } from '../workspaces/member.ts';
import { exclusionOf, type SiteDocument } from '../workspaces/site.ts';

/** A member who was added is known this much later. */
const rememberMs = 5000;
const mostRemembered = 10_000;
const remembered = new Map<string, { readonly emails: ReadonlySet<string>; readonly until: number }>();

export async function isOwnPerson(site: SiteDocument, email: string | null | undefined): Promise<boolean> {
  if (!email) return false;
  const address = email.toLowerCase();
  const { members, emailDomains } = exclusionOf(site);
  const domain = address.slice(address.lastIndexOf('@') + 1);
  if (emailDomains.some((excluded) => excluded.toLowerCase() === domain)) return true;
  return members && (await membersOf(site.workspaceId)).has(address);
}

async function membersOf(workspaceId: string): Promise<ReadonlySet<string>> {
  const now = performance.now();
  const hit = remembered.get(workspaceId);
  if (hit !== undefined && hit.until > now) return hit.emails;
  const emails = new Set<string>(await Member.distinct('email', { workspaceId }));
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(workspaceId, { emails, until: now + rememberMs });
  return emails;
}
