import { aboutPath } from './page-data.ts';
import { type Click, onClick, onPage } from './page-life.ts';
import { session } from './session.ts';
import { tell } from './shop-events.ts';
import { read, write } from './storage.ts';

/** Not what was cancelled before, the terms of it, or an order or a payment that is. */
const cancelPath =
  /^(?!.*(?:order|checkout|payment|booking|cancell?ed|policy)).*\/(?:(?:subscription|plan|account|membership)-)?(?:cancel|k(?:ü|%C3%BC)ndig)/i;
const dialog = 'dialog,[role*="dialog"],[class*="modal"]';
const asks = /\bcancel (?:my |your |the )?(?:plan|subscription|account|membership)\b/i;
const keeps = /\b(?:keep|stay|never ?mind|don.t cancel)\b/i;
const confirms = /\b(?:confirm|yes)\b(?!.*cookie)|\bcancel (?:now|anyway)\b/i;
const askedName = '_ll_cancel';

let asked = '';

/**
 * A subscription being given up, and what came of it. The first step is the intent, wherever it is: a page for it, or a button. On such a
 * page, words of confirmation are the second, and so is asking again. Sites that announce it themselves are heard first: each counts once
 * per page.
 */
export function watchCancel(): void {
  onPage(() => {
    asked = '';
    if (isPlace()) tell('cancel_intent', {});
  });
  onClick(hear);
}

function hear({ control, words }: Click): void {
  if (!control) return;
  const here = isPlace() || asked !== '';
  const asksNow = asks.test(words);
  if (here && keeps.test(words)) settle('cancel_saved');
  else if (here && (confirms.test(words) || (asksNow && hasAsked() && (isPlace() || control.closest(dialog))))) settle('cancel_confirmed');
  else if (asksNow) {
    tell('cancel_intent', {});
    remember('1');
  }
}

/** A page for it. */
function isPlace(): boolean {
  return cancelPath.test(location.pathname) && !aboutPath.test(location.pathname);
}

function settle(outcome: 'cancel_saved' | 'cancel_confirmed'): void {
  tell(outcome, {});
  remember('');
}

function hasAsked(): boolean {
  return (asked || read(askedName)) !== '';
}

/** Over the pages of the session, for a visitor who is measured: of anybody else nothing is stored. */
function remember(value: string): void {
  asked = value;
  if (session.sid) write(askedName, value);
}
