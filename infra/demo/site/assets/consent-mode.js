/** Google Consent Mode v2: all is denied until the visitor answered. */
(() => {
  if (sessionStorage.getItem('halden.consent.way') !== 'mode') return;
  window.dataLayer = window.dataLayer || [];
  // As in Google's own tag, which knows a command by its being an arguments object.
  window.gtag = function gtag() {
    window.dataLayer.push(arguments);
  };
  const all = (state) => ({ ad_storage: state, ad_user_data: state, ad_personalization: state, analytics_storage: state });
  window.gtag('consent', 'default', { ...all('denied'), wait_for_update: 500 });
  window.haldenConsent = (granted) => window.gtag('consent', 'update', all(granted ? 'granted' : 'denied'));
  const known = sessionStorage.getItem('halden.consent.answer');
  if (known !== null) window.haldenConsent(known === 'yes');
})();
