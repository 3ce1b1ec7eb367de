/** The sync log as a person reads it, oldest first: `done: Updated Ada Park in Fake CRM: score 72 (high)`. */
import { Delivery } from '../connections/delivery-log.ts';

export async function syncLog(workspaceId: string): Promise<string[]> {
  const rows = await Delivery.find({ workspaceId }).sort({ $natural: 1 }).lean();
  return rows.map(({ outcome, text, reason }) => `${outcome}: ${text}${reason === null ? '' : ` (${reason})`}`);
}
