/**
 * What consent managers put before every other script of a page. `?consent=ask|mode|tcf|none` chooses the way this visit is asked (see
 * /cookies); `consent-mode.js` and `consent-tcf.js` follow it.
 */
(() => {
  const wanted = new URLSearchParams(location.search).get('consent');
  if (!/^(?:ask|mode|tcf|none)$/.test(wanted ?? '')) return;
  sessionStorage.setItem('halden.consent.way', wanted);
  sessionStorage.removeItem('halden.consent.answer');
})();
