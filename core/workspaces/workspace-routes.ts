/** The caller's own workspace, and who is in it. */
import type Router from '@koa/router';
import { memberList, workspaceChange, workspace as workspaceView } from '#contract/rest.ts';
import type { Platform } from '../platform.ts';
import { openApi } from '../rest/api.ts';
import { noQuery, nothing } from '../rest/declaration.ts';
import { noteAccess } from './access-log.ts';
import { Member } from './member.ts';
import { missing } from './require-member.ts';
import { Workspace, type WorkspaceDocument } from './workspace.ts';

export function addOwnWorkspaceRoutes(router: Router, platform: Platform): void {
  const api = openApi(router, platform);
  const own = { path: '/v1/workspace', tag: 'workspace', query: noQuery, answer: workspaceView } as const;

  const read = { method: 'get', name: 'readWorkspace', summary: 'Read the workspace', needs: { scope: 'workspace:read' } } as const;
  api.route({ ...own, ...read, body: nothing }, async ({ caller: { workspaceId } }) =>
    present(await Workspace.findOne({ workspaceId }).lean()),
  );

  const change = {
    method: 'patch',
    name: 'changeWorkspace',
    summary: 'Rename the workspace',
    needs: { scope: 'workspace:write' },
  } as const;
  api.route({ ...own, ...change, body: workspaceChange }, async ({ caller, body: { name } }) => {
    const { workspaceId } = caller;
    if (name === undefined) return present(await Workspace.findOne({ workspaceId }).lean());
    const changed = await Workspace.findOneAndUpdate({ workspaceId }, { $set: { name } }, { returnDocument: 'after' }).lean();
    await noteAccess(platform, caller, { action: 'workspace.renamed', subject: workspaceId });
    return present(changed);
  });

  const members = { method: 'get', path: '/v1/members', name: 'listMembers', summary: 'List the members' } as const;
  const asked = { tag: 'workspace', needs: { scope: 'members:read' }, query: noQuery, body: nothing, answer: memberList } as const;
  api.route({ ...members, ...asked }, async ({ caller: { workspaceId } }) => {
    const rows = await Member.find({ workspaceId }, { passwordHash: 0 }).sort({ createdAt: 1, _id: 1 }).lean();
    const items = rows.map(({ _id: id, name, email, role, createdAt }) => ({ id, name, email, role, createdAt: createdAt.toISOString() }));
    return { items, next: null };
  });
}

function present(workspace: WorkspaceDocument | null) {
  if (workspace === null) throw missing('workspace');
  const { _id: id, name, demo, createdAt } = workspace;
  return { id, name, demo, createdAt: createdAt.toISOString() };
}
