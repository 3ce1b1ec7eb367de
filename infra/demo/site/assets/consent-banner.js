/**
 * The cookie-consent banner. It is off until `?consent=` (see /cookies) or “Cookie choices” in the footer switches it on for this visit; the
 * answer is kept for the visit. In the site's own way it is told to window.leadlight on each page; the other ways have told it already
 * (`consent-mode.js`, `consent-tcf.js`), and here only a new answer.
 */
const chosenWay = 'halden.consent.way';
const answered = 'halden.consent.answer';

export function offerConsent() {
  document.querySelector('#cookie-choices').addEventListener('click', showBanner);
  const answer = sessionStorage.getItem(answered);
  const way = sessionStorage.getItem(chosenWay) ?? 'none';
  if (answer === null && way !== 'none') showBanner();
  else if (answer !== null && !window.haldenConsent) tell(answer === 'yes');
}

function showBanner() {
  if (document.querySelector('#consent-banner')) return;
  const banner = document.createElement('section');
  banner.id = 'consent-banner';
  banner.className = 'consent-banner';
  banner.setAttribute('role', 'dialog');
  banner.setAttribute('aria-labelledby', 'consent-title');
  banner.innerHTML = `
    <h2 id="consent-title">May we measure your visit?</h2>
    <p>We would like to see which pages help, so that our sales team can answer the right question. What you type is never recorded.</p>
    <div class="button-row">
      <button type="button" class="button button-small" data-consent-choice="yes">Allow measuring</button>
      <button type="button" class="button button-quiet button-small" data-consent-choice="no">No, thanks</button>
    </div>`;
  for (const button of banner.querySelectorAll('button')) {
    button.addEventListener('click', () => answerWith(button.dataset.consentChoice, banner));
  }
  document.body.append(banner);
}

function answerWith(choice, banner) {
  sessionStorage.setItem(answered, choice);
  banner.remove();
  if (window.haldenConsent) window.haldenConsent(choice === 'yes');
  else tell(choice === 'yes');
}

/** The snippet loads on its own time: where it is not there yet, the call waits in its queue. */
function tell(granted) {
  window.leadlight ??= { q: [] };
  if (window.leadlight.consent) window.leadlight.consent(granted);
  else window.leadlight.q?.push(['consent', granted]);
}
