/** How long a workspace keeps raw events. */
import { native } from '../store/native.ts';
import { Workspace, type WorkspaceDocument } from '../workspaces/workspace.ts';

const dayMs = 24 * 3_600_000;
const longestDays = 30;

/** Workspace → milliseconds. */
export async function keptMsOf(workspaceIds: readonly string[]): Promise<Map<string, number>> {
  const filter = { workspaceId: { $in: [...workspaceIds] }, _id: { $in: [...workspaceIds] } };
  const rows = await native<WorkspaceDocument>(Workspace)
    .find(filter, { projection: { rawEventDays: 1 } })
    .toArray();
  const days = new Map(rows.map(({ _id, rawEventDays }) => [_id, rawEventDays ?? longestDays]));
  return new Map(workspaceIds.map((id) => [id, Math.min(longestDays, Math.max(1, days.get(id) ?? longestDays)) * dayMs]));
}
