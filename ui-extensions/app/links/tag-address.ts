/**
 * The address of a page with the merge tag of the link token as its `ll` parameter, for a campaign. The tag stays as it is: a CRM
 * fills it in only when its braces are not encoded. Null when the address is not one of the web.
 */
export function addMergeTag(pageUrl: string, mergeTag: string): string | null {
  const given = pageUrl.trim();
  const full = /^[a-z][a-z0-9+.-]*:/i.test(given) ? given : `https://${given}`;
  if (given === '' || !URL.canParse(full)) return null;
  const url = new URL(full);
  if (!/^https?:$/.test(url.protocol) || !/^(localhost$|[^.]+\..+)/.test(url.hostname)) return null;
  const { hash } = url;
  url.hash = '';
  url.searchParams.delete('ll');
  return `${url.href}${url.search === '' ? '?' : '&'}ll=${mergeTag}${hash}`;
}
