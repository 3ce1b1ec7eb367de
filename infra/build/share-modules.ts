/**
 * Modules that are in a file which is loaded before: a later file takes their exports from what it is handed, so that nothing is in two.
 * An export that is not named here fails the build of the later file.
 */
import type { Plugin } from 'esbuild';

interface Shared {
  /** The property of `window` through which it is handed over. */
  readonly through: string;
  readonly modules: Readonly<Record<string, readonly string[]>>;
}

/** What `hand-over.ts` hands to the visit file. */
export const inLoader: Shared = {
  through: 'leadlightVisit',
  modules: {
    'ask-core': ['postToCore', 'readJson'],
    consent: ['mayCollect', 'rememberChoice'],
    'early-events': ['early', 'listenSince'],
    'is-record': ['isRecord'],
    'load-config': ['configName'],
    'load-script': ['loadScript'],
    'new-id': ['newId'],
    safely: ['faults', 'later', 'listen', 'noteFault', 'safely'],
    'script-tag': ['scriptTag'],
    storage: ['eraseEverything', 'read', 'readVisitor', 'remove', 'write', 'writeVisitor'],
  },
};

/** What `shop-host.ts` hands to the shop file. */
export const inVisitFile: Shared = {
  through: 'leadlightShop',
  modules: {
    announce: ['hearAnnounced'],
    catalogue: ['isAnnounced'],
    'classify-click': ['classifyClick'],
    'clean-props': ['cleanProps'],
    'early-events': ['listenSince'],
    emit: ['emit'],
    'is-record': ['isRecord'],
    money: ['moneyOf', 'numberOf'],
    'page-life': ['cleanText', 'inPast', 'now', 'onClick', 'onLeave', 'onPage', 'onTick', 'oneLine', 'page'],
    'read-context': ['kindOfSite'],
    safely: ['later', 'listen', 'safely'],
    'scrub-name': ['scrubName'],
    'scrub-text': ['scrubText'],
    session: ['session'],
    storage: ['read', 'remove', 'write'],
    'typed-echoes': ['repeatsField'],
  },
};

/** One module of all that is handed over stands for the modules it comes from. */
export function shareModules({ through, modules }: Shared): Plugin {
  const names = [...new Set(Object.values(modules).flat())].sort();
  return {
    name: 'share-modules',
    setup(builder) {
      builder.onResolve({ filter: /^\.\/[a-z-]+\.ts$/ }, ({ path }) =>
        path.slice(2, -3) in modules ? { path: through, namespace: 'shared' } : undefined,
      );
      builder.onLoad({ filter: /./, namespace: 'shared' }, () => ({
        contents: `export const { ${names.join(', ')} } = window.${through} ?? {};`,
        loader: 'js',
      }));
    },
  };
}
