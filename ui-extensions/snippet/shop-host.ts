/** What the visit file hands to the shop file, through `window.leadlightShop`. It is not built into the shop file again. */
import { hearAnnounced } from './announce.ts';
import { isAnnounced } from './catalogue.ts';
import { classifyClick } from './classify-click.ts';
import { cleanProps } from './clean-props.ts';
import { emit } from './emit.ts';
import { isRecord } from './is-record.ts';
import { moneyOf, numberOf } from './money.ts';
import { cleanText, inPast, now, onClick, oneLine, onLeave, onPage, onTick, page } from './page-life.ts';
import { kindOfSite } from './read-context.ts';
import { later, listen, safely } from './safely.ts';
import { scrubName } from './scrub-name.ts';
import { scrubText } from './scrub-text.ts';
import { session } from './session.ts';
import { read, remove, write } from './storage.ts';
import { repeatsField } from './typed-echoes.ts';

/** Of this page alone. */
interface ShopParts {
  /** When the page first showed a sign of a shop. */
  readonly since: number;
  /** As `listen`, told also of what happened on this page before the file was there, at its own time. */
  readonly listenSince: (target: EventTarget, names: string, work: (event: Event, field?: EventTarget | null) => void) => void;
}

const parts = {
  isAnnounced,
  classifyClick,
  cleanProps,
  emit,
  isRecord,
  moneyOf,
  numberOf,
  cleanText,
  inPast,
  onClick,
  onLeave,
  onPage,
  onTick,
  page,
  listen,
  safely,
  session,
  read,
  remove,
  write,
  hearAnnounced,
  now,
  oneLine,
  later,
  scrubText,
  scrubName,
  repeatsField,
  kindOfSite,
};

declare global {
  interface Window {
    leadlightShop?: typeof parts & ShopParts;
  }
}

export function handToShop(rest: ShopParts): void {
  window.leadlightShop = { ...parts, ...rest };
}
