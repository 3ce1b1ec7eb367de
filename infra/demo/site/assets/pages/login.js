/** Any e-mail address and password open the same invented account: nothing is checked, kept or sent. */
import { onValidSubmit } from '../check-form.js';
import { pushEvent } from '../data-layer.js';
import { bindPasswordToggles } from '../password-toggle.js';

bindPasswordToggles();
onValidSubmit(document.querySelector('#login-form'), () => {
  pushEvent('login', { method: 'password' });
  location.assign('/account');
});
