/** The second file, for a visitor who is measured, or will be once there is consent. Start reading in `visitor.ts`. */
import type { SiteConfig } from '#contract/events.ts';
import { early } from './early-events.ts';
import { hearCall } from './hear-call.ts';
import { startPageLife } from './page-life.ts';
import { safely } from './safely.ts';
import { watchSession } from './session-total.ts';
import { watchShopSigns } from './shop-signs.ts';
import { rememberEarlier, watchTyping } from './typed-echoes.ts';
import { becomeKnown, forget, openVisitor, startVisitor } from './visitor.ts';
import { watchEngagement } from './watch-engagement.ts';
import { watchPageViews } from './watch-page-views.ts';
import { watchPerson } from './watch-person.ts';

const page = window.leadlightVisit;
delete window.leadlightVisit;
let isStarted = false;
const hear: typeof hearCall = (call) => safely(hearCall)(call);

if (page) {
  safely(() => {
    page.ready({
      open: safely((config, startedAt) => {
        if (!isStarted) start(config, startedAt);
        openVisitor();
      }),
      call: (call) => (isStarted ? hear(call) : page.calls.push(call)),
      forget,
    });
  })();
}

function start(config: SiteConfig, startedAt: number): void {
  isStarted = true;
  rememberEarlier(early.typed.splice(0));
  watchTyping();
  startPageLife(config.queryKeys);
  const viewAgain = watchPageViews(config, startedAt);
  const watchers = [watchShopSigns, watchSession.bind(null, config), watchPerson.bind(null, config.dwellMs), watchEngagement];
  for (const watch of watchers) safely(watch)();
  if (page?.token) becomeKnown({ token: page.token });
  startVisitor(config, viewAgain);
  early.events.length = 0;
  for (const call of page?.calls.splice(0) ?? []) hear(call);
}
