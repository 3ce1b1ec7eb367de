/** IAB TCF v2.2: the commands that vendors call, of a manager without a vendor list. */
(() => {
  if (sessionStorage.getItem('halden.consent.way') !== 'tcf') return;
  const known = sessionStorage.getItem('halden.consent.answer');
  const listeners = new Map();
  let lastId = 0;
  let status = known === null ? 'cmpuishown' : 'tcloaded';
  let granted = known === 'yes';
  const data = (listenerId) => ({
    tcString: '',
    tcfPolicyVersion: 5,
    cmpId: 0,
    cmpVersion: 1,
    gdprApplies: true,
    eventStatus: status,
    cmpStatus: 'loaded',
    listenerId,
    isServiceSpecific: true,
    purpose: { consents: Object.fromEntries([1, 2, 3, 4, 7, 8, 9, 10].map((purpose) => [purpose, granted])), legitimateInterests: {} },
    vendor: { consents: {}, legitimateInterests: {} },
  });
  const commands = {
    ping: (tell) => tell({ gdprApplies: true, cmpLoaded: true, cmpStatus: 'loaded', displayStatus: 'hidden', apiVersion: '2.2' }, true),
    addEventListener(tell) {
      const id = ++lastId;
      listeners.set(id, tell);
      tell(data(id), true);
    },
    removeEventListener: (tell, id) => tell(listeners.delete(id)),
  };
  window.__tcfapi = (command, _version, ...[tell, parameter]) => {
    if (commands[command]) commands[command](tell, parameter);
    else tell(null, false);
  };
  window.haldenConsent = (yes) => {
    granted = yes;
    status = 'useractioncomplete';
    for (const [id, tell] of listeners) tell(data(id), true);
  };
})();
