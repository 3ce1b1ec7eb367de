/** The fourth file, for pages that show signs of a shop or of a subscription, and for forms that somebody enters (`shop-signs.ts`). */
import { hearAnnounced } from './announce.ts';
import { inPast } from './page-life.ts';
import { safely } from './safely.ts';
import { tell, tellOnLeave, watchShopEvents } from './shop-events.ts';
import { watchCancel } from './watch-cancel.ts';
import { watchControls } from './watch-controls.ts';
import { watchForms } from './watch-forms.ts';
import { watchPricing } from './watch-pricing.ts';
import { watchSearch } from './watch-search.ts';
import { watchShop } from './watch-shop.ts';

const page = window.leadlightShop;
delete window.leadlightShop;

if (page) {
  safely(watchShopEvents)();
  // First, because it completes what the data layer says.
  hearAnnounced(safely(([type, props, at]) => tell(type, props, at)));
  inPast(page.since, () => {
    for (const watch of [watchForms, watchSearch, watchShop, watchControls, watchPricing, watchCancel, tellOnLeave]) safely(watch)();
  });
}
