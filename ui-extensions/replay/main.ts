/** The player's document. */
import * as z from 'zod';
import { Failure } from '#contract/failure.ts';
import { watchLive } from './live/watch-live.ts';
import { loadRecording } from './load-recording.ts';
import { openIndexed, openWhole } from './open-player.ts';
import { readAddress } from './read-address.ts';
import { type MessageKind, makeMessage } from './ui/message.ts';

// Compiled schemas need `eval`, which the policy of this page forbids.
z.config({ jitless: true });

const { token, startMs, live } = readAddress(location.href);
// Out of the address bar and the history at once.
history.replaceState(null, '', location.pathname + location.search);
void open();

async function open(): Promise<void> {
  if (token === null) return say('expired');
  say('loading');
  if (live && (await watchLive(token))) return;
  const [loaded] = await Promise.all([loadRecording(token, startMs), documentLoaded()]);
  if (loaded.state !== 'whole' && loaded.state !== 'indexed') return say(loaded.state);
  try {
    const player = loaded.state === 'whole' ? openWhole(loaded.recording) : openIndexed(loaded.index);
    if (player === null) return say('empty');
    document.body.replaceChildren(player.element);
    player.start(startMs);
  } catch (error) {
    say(error instanceof Failure && error.kind === 'tooLarge' ? 'tooLarge' : 'failed');
  }
}

/** A frame that is made before would keep this document loading for ever. */
function documentLoaded(): Promise<void> {
  return new Promise((resolve) => {
    if (document.readyState === 'complete') resolve();
    else addEventListener('load', () => resolve(), { once: true });
  });
}

function say(kind: MessageKind): void {
  document.body.replaceChildren(makeMessage(kind, kind === 'failed' ? () => void open() : undefined));
}
