/**
 * Who may import whom. Each rule is proved by infra/check/planted-imports.ts: a rule without a violation there fails the check.
 * `$1` is what the first group of `from.path` matched.
 */
const vendorPackages = '^node_modules/(@hubspot|@slack|@salesforce|jsforce|stripe|@shopify|openai|@anthropic-ai)/?';
const testOnlyPackages = '^node_modules/(mocha|nock|fast-check|playwright-core|@axe-core|autocannon|@types/mocha)(/|$)';
const testCode = '(\\.test\\.tsx?$|(^|/)testing/)';
const serverPackages = '^node_modules/(koa|@koa|koa-[^/]+|mongoose|mongodb|pino|rate-limiter-flexible)(/|$)';

/** npm packages, and files of ours, by where they are. */
const npm = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'npm-bundled', 'deprecated'];
const ourFolders = '^(core|integrations|ui-extensions|infra|packages)/';

/** What core is built of. A new package here is a decision; a vendor's package never belongs here. */
const corePackages =
  '^node_modules/(zod|koa|@koa/[^/]+|koa-[^/]+|@types/koa[^/]*|mongoose|mongodb|bson|jose|pino|isbot|bowser|aws4fetch|csv-stringify|prom-client|rate-limiter-flexible)(/|$)';
/** Core, from the bottom up; what is in neither list is a feature, in the middle. */
const coreBelow = '^core/(store|jobs|http|platform\\.ts$)';
const coreTop = '^core/(connections|insights|privacy)/';

const rules = [
  {
    name: 'contract-knows-only-zod',
    comment: 'core/contract holds words for everybody: it imports itself and zod.',
    from: { path: '^core/contract/', pathNot: testCode },
    to: { pathNot: '^(core/contract/|node_modules/zod/)' },
  },
  {
    name: 'core-knows-no-other-folder',
    comment: 'core knows no vendor, no browser code and not how it is started.',
    from: { path: '^core/', pathNot: testCode },
    to: { path: '^(integrations|ui-extensions|infra)/' },
  },
  {
    name: 'core-tests-know-no-other-folder',
    comment: 'Tests of core may use infra/testing beside core.',
    from: { path: ['^core/.*\\.test\\.tsx?$', '^core/testing/'] },
    to: { path: '^(integrations|ui-extensions|infra/(?!testing/))' },
  },
  {
    name: 'core-has-few-packages',
    comment: 'A vendor is a value handed to core. When a general package is needed here, add it to corePackages with the reason.',
    from: { path: '^core/', pathNot: testCode },
    to: { dependencyTypes: npm, pathNot: corePackages },
  },
  {
    name: 'core-goes-down',
    comment: 'store, jobs and http lie below the features.',
    from: { path: coreBelow, pathNot: testCode },
    to: { path: '^core/', pathNot: `(${coreBelow}|^core/contract/)` },
  },
  {
    name: 'core-middle-below-top',
    comment: 'connections, insights and privacy stand on the features, never the other way round.',
    from: { path: '^core/[^/]+/', pathNot: `(${coreTop}|${testCode})` },
    to: { path: coreTop },
  },
  {
    name: 'integration-stays-at-home',
    comment: 'An integration imports the contract, integrations/shared and itself.',
    from: { path: '^integrations/([^/]+)/', pathNot: `(${testCode}|^integrations/shared/)` },
    to: { path: ourFolders, pathNot: '^(core/contract/|integrations/(shared|$1)/)' },
  },
  {
    name: 'integrations-shared-stays-at-home',
    comment: 'What integrations share knows none of them.',
    from: { path: '^integrations/shared/', pathNot: testCode },
    to: { path: ourFolders, pathNot: '^(core/contract/|integrations/shared/)' },
  },
  {
    name: 'integration-has-its-vendor-alone',
    comment: 'An integration imports zod, jose and the package of its own vendor (named like the folder); a file format has a package too.',
    from: { path: '^integrations/([^/]+)/', pathNot: [testCode, '^integrations/geo/open-locations\\.ts$'] },
    to: { dependencyTypes: npm, pathNot: '^node_modules/(zod|jose|@$1|$1)/' },
  },
  {
    name: 'integration-tests-know-no-core',
    comment: 'Tests of an integration may use core/testing and infra/testing, and the sandbox that stands in for the vendor.',
    from: { path: ['^integrations/.*\\.test\\.ts$', '^integrations/testing/'] },
    to: { path: ourFolders, pathNot: '^(core/contract/|core/testing/|integrations/|infra/(testing|sandbox)/)' },
  },
  {
    name: 'browser-code-knows-the-contract',
    comment: 'Code that runs in a browser imports the contract and its own folder.',
    from: { path: '^ui-extensions/([^/]+)/', pathNot: testCode },
    to: { path: ourFolders, pathNot: '^(core/contract/|ui-extensions/$1/)' },
  },
  {
    name: 'snippet-takes-types-alone',
    comment: "Nothing of ours but the snippet's own code is sent to a customer's site.",
    from: { path: '^ui-extensions/snippet/', pathNot: testCode },
    to: { path: '^core/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'npm-package-stands-alone',
    comment: 'What others install holds its own code alone: types of the contract and the snippet are written out by its build.',
    from: { path: '^packages/([^/]+)/', pathNot: testCode },
    to: { pathNot: '^packages/$1/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'browser-code-has-no-server-package',
    comment: 'Packages for servers, and vendors, have no place in a browser.',
    from: { path: '^ui-extensions/', pathNot: testCode },
    to: { path: `(${serverPackages}|${vendorPackages})` },
  },
  {
    name: 'no-test-code-in-the-product',
    comment: 'Folders called testing, and packages for tests, are for tests, benchmarks and the check.',
    from: { path: ourFolders, pathNot: `(${testCode}|^infra/(bench|check)/)` },
    to: { path: ['^(core|infra|integrations)/testing/', '^ui-extensions/[^/]+/testing/', '\\.test\\.tsx?$', testOnlyPackages] },
  },
  {
    name: 'no-runtime-cycle',
    comment: 'Two modules that need each other at run time are one idea, or hide a third.',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'product-needs-no-dev-package',
    comment: 'What the product runs on is in dependencies: devDependencies are not installed where it runs.',
    from: { path: ourFolders, pathNot: `(${testCode}|^infra/(bench|check)/)` },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'no-undeclared-package',
    comment: 'A package that is there only because another one brought it may go with it.',
    from: { path: ourFolders },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  {
    name: 'no-unresolvable-import',
    comment: 'It must be on disk, and in package.json.',
    from: {},
    to: { couldNotResolve: true },
  },
];

export default {
  forbidden: rules.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.build|\\.data)/|^ui-extensions/(hubspot|salesforce)/.*/node_modules/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    moduleSystems: ['es6'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
