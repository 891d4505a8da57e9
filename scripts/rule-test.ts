// Runs the tests that rule chain files carry. Exit code 1 when one does not pass, 2 when a file cannot be read.
//   npm run rule-test -- chain.json [more.json …] [--chain <id>=called.json …]
// --chain names the file of a chain that others call by this id.
import { readFileSync } from 'node:fs'
import { parseArgs, styleText } from 'node:util'
import type { CarriedLibrary, ChainTestReport } from '@thingwire/contracts'
import { nodeHandlers } from '@thingwire/rule-nodes/handlers'
import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import {
  type CompiledChain,
  chainOfFile,
  createHandlerRegistry,
  createNodeRegistry,
  type EntitiesPort,
  runChainTest,
} from '@thingwire/rules'
import { silentLogger } from '../apps/engine/src/observability/logger.ts'
import { createMetrics } from '../apps/engine/src/observability/metrics.ts'
import { givenLibraries } from '../apps/engine/src/script-libraries/library-lookup.ts'
import { createScriptRunner } from '../apps/engine/src/scripting/script-runner.ts'

const tenantId = '00000000-0000-4000-8000-00000000d01b'
const chainId = '00000000-0000-4000-8000-00000000d01a'
const nodeTimeoutMs = 10_000

const fail = (text: string): never => {
  console.error(text)
  process.exit(2)
}

const usage = 'usage: npm run rule-test -- chain.json [more.json …] [--chain <id>=called.json …]'

const options = () => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { chain: { type: 'string', multiple: true, default: [] } },
    })
    if (positionals.length > 0) return { files: positionals, called: values.chain }
  } catch {
    // Falls through to the usage line.
  }
  return fail(usage)
}

const registry = createNodeRegistry(nodeManifests)

const read = (path: string, id: string) => {
  let file: unknown
  try {
    file = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    return fail(`${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
  const found = chainOfFile(file, id, registry)
  return found.ok ? found : fail(`${path}: ${found.problems.join('\n')}`)
}

const { files, called } = options()
const callees = new Map<string, CompiledChain>()
/** Of the chains that are called; those of the file that is tested come before them. */
const calledLibraries: CarriedLibrary[] = []
for (const pair of called) {
  const [id = '', path = ''] = pair.split('=', 2)
  if (!id || !path) fail(usage)
  const { chain, libraries } = read(path, id.toLowerCase())
  callees.set(id.toLowerCase(), chain)
  calledLibraries.push(...libraries)
}
const chains = files.map((path) => ({ path, ...read(path, chainId) }))

const show = ({ name, passed, problems, elapsedMs }: ChainTestReport) => {
  const mark = passed ? styleText('green', 'passed') : styleText('red', 'failed')
  console.log(`  ${mark}  ${name} (${elapsedMs} ms)`)
  for (const problem of problems) console.log(`          ${problem}`)
}

/** Beside a file there is nothing to read; what it names is taken to be there. */
const nothing = async (asked: readonly unknown[]) => asked.map(() => null)
const fileEntities: EntitiesPort = {
  defaultRuleChains: nothing,
  summaries: nothing,
  read: nothing,
  named: nothing,
  credentials: nothing,
  exist: async (ids) => ids.map(() => true),
}

const librariesOf = new Map(
  chains.map(({ path, libraries }) => [path, givenLibraries([...libraries, ...calledLibraries])] as const),
)
const scripts = createScriptRunner({
  // Scripts of each file run as those of a tenant of its own.
  libraries: {
    resolve: (path, language, names) => (librariesOf.get(path) ?? givenLibraries([])).resolve(path, language, names),
  },
  processes: 1,
  timeoutMs: 1_000,
  memoryMb: 64,
  logger: silentLogger,
  metrics: createMetrics(),
})
await scripts.start()
let failures = 0
let count = 0
for (const { path, chain, tests, warnings } of chains) {
  console.log(`${path}: ${chain.name}`)
  for (const warning of warnings) console.log(`  ${styleText('yellow', 'note')}    ${warning}`)
  if (tests.length === 0) console.log('  carries no tests')
  for (const test of tests) {
    const report = await runChainTest(test, {
      chain,
      callee: async (id) => callees.get(id.toLowerCase()),
      handlers: createHandlerRegistry(nodeHandlers),
      reads: {
        scripts: scripts.portOf(path),
        entities: fileEntities,
      },
      tenantId,
      signal: AbortSignal.timeout(60_000),
      timeoutMs: nodeTimeoutMs,
    })
    show(report)
    count++
    if (!report.passed) failures++
  }
}
await scripts.stop(Date.now() + 2_000)
console.log(`${count - failures} of ${count} tests passed`)
process.exit(failures > 0 ? 1 : 0)
