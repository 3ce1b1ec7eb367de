/** The fourth file, for pages that show signs of a shop or of a subscription (`shop-signs.ts`). */
import { hearAnnounced } from './announce.ts';
import { inPast } from './page-life.ts';
import { safely } from './safely.ts';
import { see, tell, watchShopEvents } from './shop-events.ts';
import { watchCancel } from './watch-cancel.ts';
import { watchControls } from './watch-controls.ts';
import { watchPricing } from './watch-pricing.ts';
import { watchSearch } from './watch-search.ts';
import { watchShop } from './watch-shop.ts';

const page = window.leadlightShop;
delete window.leadlightShop;

if (page) {
  safely(watchShopEvents)();
  // First, because it completes what the data layer says.
  hearAnnounced(
    safely(([how, type, props, at]) => {
      if (how === 'tell') tell(type, props, at);
      else inPast(at, () => see(type, props));
    }),
  );
  inPast(page.since, () => {
    for (const watch of [watchSearch, watchShop, watchControls, watchPricing, watchCancel]) safely(watch)();
  });
}
