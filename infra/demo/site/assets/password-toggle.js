/** “Show” beside a password: the field becomes text and back. */
export function bindPasswordToggles() {
  for (const button of document.querySelectorAll('[data-shows-password]')) {
    const field = document.getElementById(button.dataset.showsPassword);
    button.addEventListener('click', () => {
      const shown = field.type === 'password';
      field.type = shown ? 'text' : 'password';
      button.textContent = shown ? 'Hide' : 'Show';
      button.setAttribute('aria-pressed', String(shown));
    });
  }
}
