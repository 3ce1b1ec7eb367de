import { newSite, type Site, type SiteChange, siteChange } from '#contract/api.ts';
import { type Answers, type Asked, find, ok, page } from './fake-answer.ts';
import { Refusal } from './fake-refusal.ts';
import { siteFor, type World } from './fake-world.ts';

export const siteAnswers: Answers = {
  'GET /sites': ({ world, query }) => page(world.sites, query),
  'POST /sites': addSite,
  'PATCH /sites/:id': changeSite,
  'POST /sites/:id/rotate-key': ({ world, params }) => {
    const site = find(world.sites, params[0]);
    const siteKey = 'site_N3wKeyAft3rR0tation';
    return ok(replace(world, { ...site, siteKey, snippetSeenAt: null, snippet: site.snippet.replace(site.siteKey, siteKey) }));
  },
  'GET /sites/:id/leaks': ({ world, params, query }) => page(find(world.sites, params[0]).id === 'site1' ? world.leaks : [], query),
  'GET /sites/:id/faults': ({ world, params, query }) => page(find(world.sites, params[0]).id === 'site1' ? world.faults : [], query),
};

function addSite({ world, body }: Asked) {
  const { domain } = newSite.parse(body);
  if (!domain.includes('.')) {
    throw new Refusal(400, 'Some fields need another look.', {
      fields: { domain: 'Give the address of your website, such as www.example.com' },
    });
  }
  const made = siteFor(domain, { id: `site${world.sites.length + 1}` });
  world.sites = [...world.sites, made];
  return ok(made);
}

function changeSite({ world, params, body }: Asked) {
  const site = find(world.sites, params[0]);
  const change = siteChange.parse(body);
  const index = (change.origins ?? []).findIndex((origin) => /taken/.test(origin));
  if (index >= 0) {
    throw new Refusal(400, 'Some fields need another look.', { fields: { [`origins.${index}`]: 'This domain belongs to another site' } });
  }
  return ok(replace(world, changed(site, change)));
}

function changed(site: Site, { origins, exclusion, location, modes, ...config }: SiteChange): Site {
  const urls = (origins ?? site.origins).map((origin) => (origin.includes('://') ? origin : `https://${origin}`));
  const { consent = site.config.consent, masking = site.config.masking } = config;
  const { queryKeys = site.config.queryKeys, dwellMs = site.config.dwellMs } = config;
  return {
    ...site,
    name: urls[0]?.replace(/^https?:\/\//, '') ?? '',
    origins: urls,
    config: { modes: { ...site.config.modes, ...given(modes) }, consent, masking, queryKeys, dwellMs },
    exclusion: { ...site.exclusion, ...given(exclusion) },
    location: { ...site.location, ...given(location) },
  };
}

/** Without what is undefined, as it would be after a way through JSON. */
function given<Fields extends object>(fields: Fields | undefined): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  return JSON.parse(JSON.stringify(fields ?? {}));
}

function replace(world: World, site: Site): Site {
  world.sites = world.sites.map((one) => (one.id === site.id ? site : one));
  return site;
}
