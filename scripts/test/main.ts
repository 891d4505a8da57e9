import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { styleText } from 'node:util'
import {
  type DeviceClient,
  deviceClients,
  ensureProgram,
  ensureRedisInstalled,
  LaunchError,
} from '@thingwire/local-services'
import { generatePrisma } from '../generate-prisma.ts'
import { printFailure, step } from '../start/console.ts'
import { buildWeb } from '../start/web-build.ts'
import { readPlaywrightReport, readVitestReport, runCommand, type Tally } from './run-command.ts'

const chromium = {
  label: 'Chromium',
  programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  packages: { apt: 'chromium', dnf: 'chromium', apk: 'chromium', brew: 'chromium' },
  otherwise: 'name a browser with CHROMIUM_PATH',
} as const

const reports = mkdtempSync(join(tmpdir(), 'thingwire-test-'))
const report = (name: string) => join(reports, `${name}.json`)

/** Each check is one test of the closing line; each suite counts its own tests. */
type Suite = { name: string; run: () => Promise<Tally> }

const check = (name: string, command: string[], fix: string): Suite => ({
  name,
  run: async () => {
    const { code, output } = await runCommand(command, { show: 'on-failure' })
    if (code === 0) return { passed: 1, failed: 0 }
    console.log(output)
    console.log(styleText('yellow', `  ${fix}`))
    return { passed: 0, failed: 1 }
  },
})

const vitest = (project: 'unit' | 'integration'): Suite => ({
  name: project === 'unit' ? 'Unit tests' : 'Integration tests (real PostgreSQL and Redis)',
  run: async () => {
    const { code } = await runCommand(
      [
        'vitest',
        'run',
        '--project',
        project,
        '--reporter=dot',
        '--reporter=json',
        `--outputFile.json=${report(project)}`,
      ],
      { show: 'always' },
    )
    return readVitestReport(report(project), code)
  },
})

const journeys: Suite = {
  name: 'Journeys (the whole stack, a real browser)',
  run: async () => {
    await step('Web console is built', () => buildWeb())
    const { code } = await runCommand(['playwright', 'test', '--reporter=list,json'], {
      show: 'always',
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report('journeys') },
    })
    return readPlaywrightReport(report('journeys'), code)
  },
}

const integration = vitest('integration')

const suites: Suite[] = [
  check('Format', ['biome', 'format', '.'], 'npm run format mends it.'),
  check(
    'Lint and boundaries',
    ['biome', 'lint', '--error-on-warnings', '.'],
    'Each finding above says what to do instead.',
  ),
  check(
    'Types',
    ['turbo', 'run', 'types', '//#types:root', '--output-logs=errors-only', '--no-update-notifier'],
    'npm run types shows the same.',
  ),
  check('Dead code', ['knip', '--no-progress'], 'Delete what nothing uses, or use it.'),
  check(
    'Reference pages are current',
    ['node', join('scripts', 'generate.ts'), '--check'],
    'npm run generate writes them anew.',
  ),
  vitest('unit'),
  integration,
  journeys,
]

const only = process.argv.slice(2).map((word) => word.toLowerCase())
const isChosen = ({ name }: Suite): boolean =>
  only.length === 0 || only.some((word) => name.toLowerCase().includes(word))

/** What the run had to do without, in words. */
const leftOut: string[] = []

/** The tests can do without these: a machine where nothing may be installed runs all the others. */
const prepareClient = async (client: DeviceClient) => {
  try {
    await step(`${client.label}: installed`, (detail) => ensureProgram(client, detail))
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error
    leftOut.push(`tests with ${client.label}: ${error.message} ${error.hint}`)
  }
}

const prepare = async () => {
  await step('Redis is installed', (detail) => ensureRedisInstalled(detail))
  process.env.CHROMIUM_PATH ??= await step('Chromium is installed', (detail) => ensureProgram(chromium, detail))
  if (isChosen(integration)) for (const client of Object.values(deviceClients)) await prepareClient(client)
  await step('Prisma client is generated', async () => generatePrisma())
}

const main = async (): Promise<number> => {
  await prepare()
  const total: Tally = { passed: 0, failed: 0 }
  const rows: string[] = []
  for (const suite of suites) {
    if (!isChosen(suite)) continue
    const began = Date.now()
    console.log(styleText('bold', `\n${suite.name}`))
    const tally = await suite.run().catch((error: unknown): Tally => {
      printFailure(error)
      return { passed: 0, failed: 1 }
    })
    total.passed += tally.passed
    total.failed += tally.failed
    const mark = tally.failed === 0 ? styleText('green', '✓') : styleText('red', '✗')
    rows.push(
      `${mark} ${suite.name}: ${tally.passed} passed, ${tally.failed} failed (${Math.round((Date.now() - began) / 1000)} s)`,
    )
    console.log(rows.at(-1))
  }
  console.log(`\n${rows.join('\n')}\n`)
  for (const what of leftOut) console.log(styleText('yellow', `Left out: ${what}`))
  console.log(`${total.passed} passed, ${total.failed} failed`)
  return total.failed === 0 && total.passed > 0 ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  printFailure(error)
  process.exitCode = 1
} finally {
  rmSync(reports, { recursive: true, force: true })
}
