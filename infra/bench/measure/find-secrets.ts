/** Which of these secrets stand in what was sent: as they are, or as browsers and transports write them. */
export function findSecrets(secrets: readonly string[], sent: readonly string[]): string[] {
  return secrets.filter((secret) => {
    const forms = formsOf(secret);
    return sent.some((text) => forms.some((form) => text.includes(form)));
  });
}

function formsOf(secret: string): string[] {
  const hex = Buffer.from(secret).toString('hex');
  const encoded = [encodeURIComponent(secret), encodeURIComponent(encodeURIComponent(secret)), JSON.stringify(secret).slice(1, -1)];
  return [
    ...new Set([secret, secret.toLowerCase(), secret.toUpperCase(), hex, [...secret].reverse().join(''), ...encoded, ...base64Of(secret)]),
  ];
}

/** In each of the three places where a text can start within base64; its first and last letters depend on its neighbours. */
function base64Of(secret: string): string[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]).toString('base64');
    return text.slice(shift === 0 ? 0 : shift + 1).replace(/.?.?=*$/, '');
  });
}
