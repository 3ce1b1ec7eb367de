/**
 * The cookie-consent banner. It is off until `?consent=ask` (or “Cookie choices” in the footer) switches it on for this visit; the
 * answer is kept for the visit, and told to window.leadlight on each page, as a consent manager does.
 */
const asking = 'halden.consent.ask';
const answered = 'halden.consent.answer';

export function offerConsent() {
  document.querySelector('#cookie-choices').addEventListener('click', showBanner);
  if (new URLSearchParams(location.search).get('consent') === 'ask') {
    sessionStorage.setItem(asking, 'yes');
    sessionStorage.removeItem(answered);
  }
  const answer = sessionStorage.getItem(answered);
  if (answer !== null) tell(answer === 'yes');
  else if (sessionStorage.getItem(asking) !== null) showBanner();
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
  tell(choice === 'yes');
}

/** The snippet loads on its own time: where it is not there yet, it is told once the page has loaded. */
function tell(granted) {
  if (window.leadlight || document.readyState === 'complete') window.leadlight?.consent?.(granted);
  else addEventListener('load', () => window.leadlight?.consent?.(granted), { once: true });
}
