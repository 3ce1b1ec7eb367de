/** Makes a link that leads one contact to a page. */
import type { Platform } from '../platform.ts';
import { newId, newSecret } from '../store/new-id.ts';
import type { ContactDocument } from './contact.ts';
import { TrackedLink, type TrackedLinkDocument } from './tracked-link.ts';

export async function createTrackedLink(
  platform: Platform,
  request: { contact: Pick<ContactDocument, '_id' | 'workspaceId'>; url: string; createdBy: string },
): Promise<TrackedLinkDocument> {
  const { contact, url, createdBy } = request;
  const link: TrackedLinkDocument = {
    _id: newId('link'),
    workspaceId: contact.workspaceId,
    contactId: contact._id,
    token: newSecret(),
    url,
    createdAt: platform.clock.now(),
    createdBy,
    lastClickedAt: null,
    visitorId: null,
    sessionIds: [],
    revokedAt: null,
  };
  await TrackedLink.create([link]);
  return link;
}
