/** Asks the player's own origin for the recording. */
import { type PlayerIndex, type PlayerRecording, playerIndex, playerRecording } from '#contract/recording.ts';
import { indexPath } from './index-path.ts';

/** More than this is not parsed: the tab would stand still for seconds before it could say so. */
const maxBytes = 96_000_000;

export type Trouble = 'empty' | 'expired' | 'failed' | 'tooLarge';
export type Loaded =
  | { readonly state: 'whole'; readonly recording: PlayerRecording }
  | { readonly state: 'indexed'; readonly index: PlayerIndex }
  | { readonly state: Trouble };

/** What is where; and everything at once where the recording is not packed yet. */
export async function loadRecording(token: string, startMs: number): Promise<Loaded> {
  const index = await ask(indexPath(startMs), token);
  if (typeof index === 'string') return { state: index };
  const parsed = playerIndex.safeParse(index.json);
  if (!parsed.success) return { state: 'failed' };
  if (parsed.data.tabs === null) return loadWhole(token);
  return parsed.data.tabs.some(({ frames }) => frames.length > 0) ? { state: 'indexed', index: parsed.data } : { state: 'empty' };
}

async function loadWhole(token: string): Promise<Loaded> {
  const answer = await ask('/recording', token);
  return typeof answer === 'string' ? { state: answer } : read(answer.json);
}

/** The parsed answer of the player's own origin, or what is wrong. */
export async function ask(path: string, token: string): Promise<{ readonly json: unknown } | Trouble> {
  try {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await (takeStarted(path, token) ?? fetch(path, { headers, credentials: 'omit', cache: 'no-store' }));
    if (answer.status === 401 || answer.status === 403 || answer.status === 410) return 'expired';
    if (answer.status === 404) return 'empty';
    if (answer.status === 413) return 'tooLarge';
    if (!answer.ok) return 'failed';
    const text = await readText(answer);
    return text === null ? 'tooLarge' : { json: JSON.parse(text) };
  } catch {
    // The network, or an answer that is no JSON: to the viewer it is the same, and trying again is what helps.
    return 'failed';
  }
}

/** What `start.ts` has asked for already. Once: a second try asks anew. */
function takeStarted(path: string, token: string): Promise<Response> | null {
  const started = window.leadlightStarted;
  if (started?.token !== token || !path.startsWith('/recording/index')) return null;
  window.leadlightStarted = undefined;
  return started.answer;
}

function read(json: unknown): Loaded {
  const parsed = playerRecording.safeParse(json);
  if (!parsed.success) return { state: 'failed' };
  return parsed.data.tabs.some((tab) => tab.events.length > 0) ? { state: 'whole', recording: parsed.data } : { state: 'empty' };
}

/** Null as soon as there is too much of it. */
async function readText(answer: Response): Promise<string | null> {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  const parts: string[] = [];
  let length = 0;
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    length += part.value.length;
    if (length > maxBytes) {
      await reader?.cancel();
      return null;
    }
    parts.push(part.value);
  }
  return parts.join('');
}
