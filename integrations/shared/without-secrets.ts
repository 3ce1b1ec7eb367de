/** Takes secrets out of text that a vendor or a library wrote, since either may echo what it was sent. */
export function withoutSecrets(text: string, secrets: readonly (string | null | undefined)[]): string {
  return secrets.reduce<string>((clean, secret) => (secret ? clean.replaceAll(secret, '[secret]') : clean), text);
}
