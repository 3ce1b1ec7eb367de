/** Makes a workspace with its owner and its first site, all or nothing. */
import type { NewWorkspace } from '#contract/api.ts';
import { Failure } from '#contract/failure.ts';
import type { Platform } from '../platform.ts';
import { newId } from '../store/new-id.ts';
import { acrossWorkspaces } from '../store/tenant-guard.ts';
import { Member, type MemberDocument } from './member.ts';
import { parseDomain } from './parse-domain.ts';
import { hashPassword } from './password.ts';
import { newSite, Site } from './site.ts';
import { Workspace } from './workspace.ts';

export interface WorkspaceRequest extends Omit<NewWorkspace, 'password'> {
  /** Null: the owner signs in by link only. */
  readonly password: string | null;
  readonly demo: boolean;
}

/** @returns the owner. Throws `conflict` when the e-mail address has a login already. */
export async function createWorkspace(platform: Platform, request: WorkspaceRequest): Promise<MemberDocument> {
  const createdAt = platform.clock.now();
  const workspaceId = newId('ws');
  const origins = parseDomain(request.domain);
  const passwordHash = request.password === null ? null : await hashPassword(request.password);
  const owner: MemberDocument = {
    _id: newId('mem'),
    workspaceId,
    name: request.name,
    email: request.email.toLowerCase(),
    role: 'owner',
    passwordHash,
    createdAt,
  };
  const site = newSite({ workspaceId, origins, createdAt });
  // The demo's visitor is whoever tries it, on their own machine.
  if (request.demo) site.config = { ...site.config, consent: 'never' };
  const workspace = { _id: workspaceId, workspaceId, name: request.workspaceName, demo: request.demo, createdAt };
  if (await emailTaken(owner.email)) throw takenEmail();
  try {
    await platform.store.inTransaction(async (session) => {
      await Workspace.create([workspace], { session });
      await Member.create([owner], { session });
      await Site.create([site], { session });
    });
  } catch (error) {
    // Somebody else, or a second click, was faster.
    throw (await emailTaken(owner.email)) ? takenEmail() : error;
  }
  return owner;
}

async function emailTaken(email: string): Promise<boolean> {
  return (await Member.exists({ email }).setOptions(acrossWorkspaces)) !== null;
}

function takenEmail(): Failure {
  const message = 'This e-mail address has a login already. Sign in instead.';
  return new Failure('conflict', message, { code: 'email-taken', fields: { email: message } });
}
