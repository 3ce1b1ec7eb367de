import type { Page } from 'playwright-core';

/** Cookies, both storages, every database and every cache of the page's origin, as bytes. */
export async function everythingStored(page: Page): Promise<Buffer> {
  const cookies = await page.context().cookies();
  return Buffer.from(JSON.stringify({ cookies, ...(await readStored(page)) }));
}

/** Names of everything that the page's origin holds, over all kinds of storage. */
export async function namesStored(page: Page): Promise<string[]> {
  const { local, session, databases, caches: cached } = await readStored(page);
  const cookies = await page.context().cookies();
  return [...cookies.map(({ name }) => name), ...Object.keys(local), ...Object.keys(session), ...databases, ...cached];
}

function readStored(page: Page): Promise<{
  readonly local: Record<string, string>;
  readonly session: Record<string, string>;
  readonly databases: string[];
  readonly caches: string[];
  readonly window: string;
}> {
  return page.evaluate(async () => {
    const contents = async (name: string) => {
      const request = indexedDB.open(name);
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const values: unknown[] = [];
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store).getAll();
        values.push(
          await new Promise((resolve) => {
            all.onsuccess = () => resolve(all.result);
          }),
        );
      }
      database.close();
      return JSON.stringify([name, values]);
    };
    const names = (await indexedDB.databases()).map(({ name = '' }) => name);
    const cached = await Promise.all(
      (await caches.keys()).map(async (name) => {
        const cache = await caches.open(name);
        const responses = await cache.matchAll();
        return JSON.stringify([name, (await cache.keys()).map(({ url }) => url), await Promise.all(responses.map((each) => each.text()))]);
      }),
    );
    return {
      local: { ...localStorage },
      session: { ...sessionStorage },
      databases: await Promise.all(names.map(contents)),
      caches: cached,
      window: window.name,
    };
  });
}
