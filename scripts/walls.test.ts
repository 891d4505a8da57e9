import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const biome = join(root, 'node_modules', '.bin', 'biome')
let sandbox = ''

beforeAll(() => {
  sandbox = mkdtempSync(join(tmpdir(), 'thingwire-walls-'))
  copyFileSync(join(root, 'biome.json'), join(sandbox, 'biome.json'))
})
afterAll(() => rmSync(sandbox, { recursive: true, force: true }))

/** What the linter says of a file with this import that would stand at this path. */
const lint = (path: string, specifier: string): string => {
  const file = join(sandbox, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `import * as it from '${specifier}'\nexport const kept = it\n`)
  const { stdout, stderr } = spawnSync(biome, ['lint', '--vcs-enabled=false', '--colors=off', path], {
    cwd: sandbox,
    encoding: 'utf8',
  })
  rmSync(file)
  return stdout + stderr
}

const refused: [path: string, specifier: string, hint: RegExp][] = [
  ['packages/contracts/src/x.ts', '@thingwire/rules', /contracts may import only/],
  ['packages/rules/src/x.ts', '@thingwire/db', /rules may import only contracts/],
  ['packages/rules/src/x.ts', '@thingwire/tbel', /rules may import only contracts/],
  ['packages/rules/src/x.ts', 'node:fs', /does no I\/O/],
  ['packages/tbel/src/x.ts', '@thingwire/contracts', /tbel may import only nothing of ours/],
  ['packages/editing/src/x.ts', '@thingwire/contracts', /editing may import only nothing of ours/],
  ['packages/dashboards/src/x.ts', '@thingwire/widgets', /dashboards may import only contracts, editing/],
  ['packages/dashboards/src/x.ts', 'react', /read and changed anywhere/],
  ['packages/rule-nodes/src/some-node/handler.ts', '@thingwire/db', /through ports/],
  ['packages/rule-nodes/src/some-node/handler.ts', 'bullmq', /Only apps\/engine talks to Redis/],
  ['packages/rule-nodes/src/some-node/manifest.ts', './handler.ts', /runs in the browser too/],
  ['packages/rule-nodes/src/some-node/manifest.ts', 'node:crypto', /runs in the browser too/],
  ['packages/ui/src/x.tsx', '@thingwire/contracts', /knows nothing about devices/],
  ['packages/widgets/src/some-widget/view.tsx', 'socket.io-client', /neither fetches nor subscribes/],
  ['packages/db/src/x.ts', 'ioredis', /Only apps\/engine talks to Redis/],
  ['apps/engine/src/api/x.ts', 'pg', /Only packages\/db talks to the database/],
  ['apps/engine/src/transports/mqtt/x.ts', 'bullmq', /sees the gateway's contract only/],
  ['apps/engine/src/transports/mqtt/x.ts', '@thingwire/db', /sees the gateway's contract only/],
  ['apps/engine/src/scripting/x.ts', 'isolated-vm', /Only a script process makes code of scripts/],
  ['apps/engine/src/rule-runner/x.ts', '@thingwire/tbel', /Only a script process makes code of scripts/],
  ['apps/engine/src/scripting/sandbox/x.ts', '@thingwire/db', /may import only rules\/sandbox and tbel/],
  ['apps/engine/src/scripting/sandbox/x.ts', '../../redis.ts', /knows nothing of the engine/],
  ['apps/engine/src/api/x.ts', '@thingwire/web', /Nothing imports an app/],
  ['apps/web/src/x.tsx', '@thingwire/db', /through the REST API/],
  ['apps/web/src/x.tsx', '@thingwire/rule-nodes/handlers', /never sees server code/],
]

describe('the import walls', () => {
  it.each(refused)('%s may not import %s', (path, specifier, hint) => {
    expect(lint(path, specifier)).toMatch(hint)
  })

  it.each([
    ['packages/rules/src/x.ts', '@thingwire/contracts'],
    ['packages/rule-nodes/src/some-node/handler.ts', '@thingwire/rules'],
    ['packages/db/src/x.ts', 'pg'],
    ['packages/dashboards/src/x.ts', '@thingwire/editing'],
    ['apps/engine/src/queue/x.ts', 'bullmq'],
    ['apps/engine/src/scripting/sandbox/x.ts', '@thingwire/tbel'],
    ['apps/engine/src/scripting/x.ts', '@thingwire/tbel/direct'],
    ['packages/rules/src/x.ts', '@thingwire/tbel/budget'],
    ['apps/engine/src/scripting/sandbox/x.ts', '@thingwire/rules/sandbox'],
    ['apps/web/src/x.tsx', '@thingwire/ui'],
    ['apps/web/src/x.tsx', '@thingwire/tbel'],
  ])('%s may import %s', (path, specifier) => {
    expect(lint(path, specifier)).not.toMatch(/noRestrictedImports/)
  })
})
