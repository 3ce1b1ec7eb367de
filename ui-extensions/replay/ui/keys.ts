/** The keyboard: space plays, arrows go 5 s (15 s with shift), 1 to 4 choose the speed. */
import { type Playback, speeds } from '../playback.ts';

export function watchKeys(playback: Playback): void {
  const hear = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !act(event, playback)) return;
    event.preventDefault();
  };
  addEventListener('keydown', hear, { signal: playback.ending });
}

/** Answers whether the key was ours. A focused button takes the space bar, a select all its keys. */
function act(event: KeyboardEvent, playback: Playback): boolean {
  const target = event.target;
  if (target instanceof HTMLSelectElement) return false;
  const speed = /^Digit[1-4]$/.test(event.code) ? speeds[Number(event.code.slice(5)) - 1] : undefined;
  if (speed !== undefined) playback.setSpeed(speed);
  else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') jump(event, playback);
  else if (event.key === ' ' && !(target instanceof HTMLButtonElement)) playback.toggle();
  else return false;
  return true;
}

function jump(event: KeyboardEvent, playback: Playback): void {
  const seconds = (event.shiftKey ? 15 : 5) * (event.key === 'ArrowLeft' ? -1 : 1);
  playback.seek(Math.max(0, playback.state.ms + seconds * 1000));
}
