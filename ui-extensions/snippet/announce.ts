/**
 * What a site says of its shop or of a subscription, in the catalogue's words. Whether it counts, `shop-events.ts` decides, in the shop file: it
 * is loaded for that. A page that is left before it was there tells all of it.
 */
import type { AnnouncedType } from './catalogue.ts';
import { emit } from './emit.ts';
import { onLeave } from './page-life.ts';

type Props = Record<string, unknown>;

type Announced = readonly [type: AnnouncedType, props: Props, at: number];

const waiting: Announced[] = [];
let ears: ((announced: Announced) => void) | null = null;
let callForHelp = () => {};

/** `help` is called for where somebody has to listen. */
export function watchAnnounced(help: () => void): void {
  callForHelp = help;
  onLeave(() => {
    // Said twice in a moment, it is the same.
    const once = new Map(waiting.splice(0).map((each) => [each[0] + JSON.stringify(each[1]), each]));
    for (const [type, props, at] of once.values()) emit(type, props, at);
  });
}

/** Somebody says it. */
export function tell(...announced: Announced): void {
  if (ears) return ears(announced);
  waiting.push(announced);
  callForHelp();
}

export function hearAnnounced(listener: (announced: Announced) => void): void {
  ears = listener;
  for (const each of waiting.splice(0)) listener(each);
}
