/**
 * What happens in a shop or to a subscription, in the catalogue's words. Whether it counts, `shop-events.ts` decides, in the shop file: it
 * is loaded for that. A page that is left before it was there tells all of it.
 */
import type { AnnouncedType } from './catalogue.ts';
import { emit } from './emit.ts';
import { now, onLeave } from './page-life.ts';

type Props = Record<string, unknown>;

/** The shop file's. */
export interface Listener {
  see(type: AnnouncedType, props: Props): void;
  tell(type: AnnouncedType, props: Props, at: number): void;
}
type Announced = readonly [how: keyof Listener, type: AnnouncedType, props: Props, at: number];

const waiting: Announced[] = [];
let ears: ((announced: Announced) => void) | null = null;
let callForHelp = () => {};

/** `help` is called for where somebody has to listen. */
export function watchAnnounced(help: () => void): void {
  callForHelp = help;
  onLeave(() => {
    // Said twice in a moment, it is the same.
    const once = new Map(waiting.splice(0).map((each) => [each[1] + JSON.stringify(each[2]), each]));
    for (const [, type, props, at] of once.values()) emit(type, props, at);
  });
}

/** The page shows it. */
export const see = (type: AnnouncedType, props: Props = {}) => announce(['see', type, props, now()]);

/** Somebody says it. */
export const tell = (type: AnnouncedType, props: Props, at = now()) => announce(['tell', type, props, at]);

export function hearAnnounced(listener: (announced: Announced) => void): void {
  ears = listener;
  for (const each of waiting.splice(0)) listener(each);
}

function announce(announced: Announced): void {
  if (ears) return ears(announced);
  waiting.push(announced);
  callForHelp();
}
