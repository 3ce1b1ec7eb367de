/** Tells the person one sentence, for a while. */
export function toast(text) {
  const line = document.createElement('p');
  line.textContent = text;
  document.querySelector('.toasts')?.append(line);
  setTimeout(() => line.remove(), 6000);
}
