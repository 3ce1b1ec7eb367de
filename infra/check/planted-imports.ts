/** One import that must be refused for each rule of .dependency-cruiser.mjs, and imports that must be allowed. */

export interface PlantedImport {
  /** The file that imports. */
  readonly from: string;
  /** How it says it. */
  readonly code: string;
  /** The rule that must see it. Absent: no rule may. */
  readonly rule?: string;
}

export const plantedImports: readonly PlantedImport[] = [
  { rule: 'contract-knows-only-zod', from: 'core/contract/a.ts', code: "import '../ingest/target.ts';" },
  { rule: 'contract-knows-only-zod', from: 'core/contract/b.ts', code: "import 'jose';" },
  { rule: 'contract-knows-only-zod', from: 'core/contract/c.ts', code: "import 'node:fs';" },
  { rule: 'core-knows-no-other-folder', from: 'core/ingest/a.ts', code: "import '#integrations/hubspot/target.ts';" },
  { rule: 'core-knows-no-other-folder', from: 'core/ingest/b.ts', code: "import type { Target } from '#infra/target.ts';" },
  { rule: 'core-knows-no-other-folder', from: 'core/ingest/c.ts', code: "import '../../ui-extensions/app/target.ts';" },
  { rule: 'core-tests-know-no-other-folder', from: 'core/ingest/a.test.ts', code: "import '#integrations/hubspot/target.ts';" },
  { rule: 'core-tests-know-no-other-folder', from: 'core/testing/a.ts', code: "import '#infra/target.ts';" },
  { rule: 'core-has-few-packages', from: 'core/connections/a.ts', code: "import '@slack/bolt';" },
  { rule: 'core-has-few-packages', from: 'core/connections/b.ts', code: "import '@hubspot/api-client';" },
  { rule: 'core-has-few-packages', from: 'core/connections/c.ts', code: "import 'esbuild';" },
  { rule: 'core-goes-down', from: 'core/store/a.ts', code: "import '../ingest/target.ts';" },
  { rule: 'core-goes-down', from: 'core/jobs/a.ts', code: "import '../insights/target.ts';" },
  { rule: 'core-goes-down', from: 'core/platform.ts', code: "import './sessions/target.ts';" },
  { rule: 'core-middle-below-top', from: 'core/sessions/a.ts', code: "import '../insights/target.ts';" },
  { rule: 'core-middle-below-top', from: 'core/contacts/a.ts', code: "import type { Target } from '../privacy/target.ts';" },
  { rule: 'core-middle-below-top', from: 'core/ingest/d.ts', code: "import '#core/connections/target.ts';" },
  { rule: 'integration-stays-at-home', from: 'integrations/hubspot/a.ts', code: "import '../slack/target.ts';" },
  { rule: 'integration-stays-at-home', from: 'integrations/hubspot/b.ts', code: "import '#core/store/target.ts';" },
  { rule: 'integrations-shared-stays-at-home', from: 'integrations/shared/a.ts', code: "import '../hubspot/target.ts';" },
  { rule: 'integration-has-its-vendor-alone', from: 'integrations/hubspot/c.ts', code: "import '@slack/bolt';" },
  { rule: 'integration-has-its-vendor-alone', from: 'integrations/slack/a.ts', code: "import 'mongoose';" },
  { rule: 'integration-has-its-vendor-alone', from: 'integrations/slack/b.ts', code: "import 'koa';" },
  { rule: 'integration-tests-know-no-core', from: 'integrations/slack/a.test.ts', code: "import '#core/store/target.ts';" },
  { rule: 'browser-code-knows-the-contract', from: 'ui-extensions/app/a.ts', code: "import '#core/ingest/target.ts';" },
  { rule: 'browser-code-knows-the-contract', from: 'ui-extensions/replay/a.ts', code: "import '../app/target.ts';" },
  { rule: 'snippet-takes-types-alone', from: 'ui-extensions/snippet/a.ts', code: "import { target } from '#contract/target.ts';" },
  { rule: 'npm-package-stands-alone', from: 'packages/browser/a.ts', code: "import { target } from '#contract/target.ts';" },
  { rule: 'npm-package-stands-alone', from: 'packages/browser/b.ts', code: "import 'zod';" },
  { rule: 'browser-code-has-no-server-package', from: 'ui-extensions/app/b.ts', code: "import 'mongoose';" },
  { rule: 'browser-code-has-no-server-package', from: 'ui-extensions/app/c.ts', code: "import '@hubspot/api-client';" },
  { rule: 'no-test-code-in-the-product', from: 'core/ingest/e.ts', code: "import '../testing/target.ts';" },
  { rule: 'no-test-code-in-the-product', from: 'infra/a.ts', code: "import './testing/target.ts';" },
  { rule: 'no-test-code-in-the-product', from: 'infra/b.ts', code: "import 'nock';" },
  { rule: 'no-test-code-in-the-product', from: 'ui-extensions/app/d.ts', code: "import './testing/target.ts';" },
  { rule: 'product-needs-no-dev-package', from: 'infra/c.ts', code: "import { ts } from 'typescript';" },
  { rule: 'no-undeclared-package', from: 'infra/d.ts', code: "import 'brought-along';" },
  { rule: 'no-unresolvable-import', from: 'infra/e.ts', code: "import './not-there.ts';" },
  { rule: 'no-runtime-cycle', from: 'core/companies/a.ts', code: "import { target } from './b.ts';\nexport const other = target;" },
  // The other half of the cycle, which is reported once.
  { from: 'core/companies/b.ts', code: "import { other } from './a.ts';\nexport const target = () => other;" },

  { from: 'core/contract/fine.ts', code: "import 'zod';\nimport './target.ts';" },
  { from: 'core/store/fine.ts', code: "import 'mongoose';\nimport '#contract/target.ts';\nimport '../jobs/target.ts';\nimport 'node:fs';" },
  { from: 'core/sessions/fine.ts', code: "import '../store/target.ts';\nimport '../contacts/target.ts';\nimport 'koa';" },
  { from: 'core/insights/fine.ts', code: "import '../sessions/target.ts';\nimport '../connections/target.ts';" },
  { from: 'core/ingest/fine.test.ts', code: "import '../testing/target.ts';\nimport '#infra/testing/target.ts';\nimport 'nock';" },
  { from: 'core/incidents/a.ts', code: "import type { Target } from './b.ts';\nexport const other = 1;" },
  { from: 'core/incidents/b.ts', code: "import { other } from './a.ts';\nexport interface Target { other: typeof other }" },
  {
    from: 'integrations/hubspot/fine.ts',
    code: "import '@hubspot/api-client';\nimport '../shared/target.ts';\nimport '#contract/target.ts';",
  },
  { from: 'integrations/index.ts', code: "import './hubspot/target.ts';\nimport './slack/target.ts';" },
  { from: 'ui-extensions/snippet/fine.ts', code: "import type { Target } from '#contract/target.ts';\nimport 'rrweb';" },
  { from: 'ui-extensions/app/fine.ts', code: "import { target } from '#contract/target.ts';\nimport 'react';" },
  { from: 'integrations/testing/fine.ts', code: "import '../hubspot/target.ts';\nimport 'nock';" },
  { from: 'ui-extensions/app/testing/fine.ts', code: "import '#infra/target.ts';\nimport 'playwright-core';" },
  { from: 'infra/fine.ts', code: "import '#core/ingest/target.ts';\nimport '#integrations/hubspot/target.ts';\nimport 'esbuild';" },
];
