/** Asks the player's own origin for the recording. */
import { type PlayerRecording, playerRecording } from '#contract/recording.ts';

/** More than this is not parsed: the tab would stand still for seconds before it could say so. */
const maxBytes = 96_000_000;

export type Loaded =
  | { readonly state: 'ready'; readonly recording: PlayerRecording }
  | { readonly state: 'empty' | 'expired' | 'failed' | 'tooLarge' };

export async function loadRecording(token: string): Promise<Loaded> {
  try {
    const answer = await fetch('/recording', { headers: { authorization: `Bearer ${token}` }, credentials: 'omit', cache: 'no-store' });
    if (answer.status === 401 || answer.status === 403 || answer.status === 410) return { state: 'expired' };
    if (answer.status === 404) return { state: 'empty' };
    if (answer.status === 413) return { state: 'tooLarge' };
    if (!answer.ok) return { state: 'failed' };
    const text = await readText(answer);
    return text === null ? { state: 'tooLarge' } : read(text);
  } catch {
    // The network, or an answer that is no JSON: to the viewer it is the same, and trying again is what helps.
    return { state: 'failed' };
  }
}

function read(text: string): Loaded {
  const parsed = playerRecording.safeParse(JSON.parse(text));
  if (!parsed.success) return { state: 'failed' };
  return parsed.data.tabs.some((tab) => tab.events.length > 0) ? { state: 'ready', recording: parsed.data } : { state: 'empty' };
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
