import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs, styleText } from 'node:util'
import { LaunchError } from '@thingwire/local-services'
import { type Bench, UsageError } from './harness/bench.ts'
import { describeMachine } from './harness/machine.ts'
import { formatFigures, formatTable } from './harness/table.ts'
import { benches } from './registry.ts'

const usage = () =>
  [
    'npm run bench -- <name> [options] [--json file]',
    '',
    ...benches.flatMap((bench) => [
      styleText('bold', `${bench.name}  ${bench.about}`),
      formatTable(
        Object.entries(bench.options).map(([name, { default: value, about }]) => [
          `  --${name}`,
          `${about}${value === undefined ? '' : ` (default ${value})`}`,
        ]),
      ),
      '',
    ]),
    'Results are written to bench/results/ unless --json names a file.',
  ].join('\n')

const readArguments = () => {
  const [name, ...args] = process.argv.slice(2)
  const bench = benches.find((one) => one.name === name)
  if (!bench) throw new UsageError(name === undefined ? 'Which benchmark?' : `There is no benchmark "${name}".`)
  try {
    const { values } = parseArgs({
      args,
      options: Object.fromEntries([...Object.keys(bench.options), 'json'].map((key) => [key, { type: 'string' }])),
    })
    const defaults = Object.fromEntries(Object.entries(bench.options).map(([key, option]) => [key, option.default]))
    return { bench, options: { ...defaults, ...textOnly(values) } }
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

const textOnly = (values: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  )

const resultFile = (bench: Bench, wanted: string | undefined): string => {
  if (wanted !== undefined) return resolve(wanted)
  const folder = join(import.meta.dirname, 'results')
  mkdirSync(folder, { recursive: true })
  return join(folder, `${bench.name}-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.json`)
}

const main = async (): Promise<number> => {
  const { bench, options } = readArguments()
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => interrupted.abort(new Error('The benchmark was interrupted.')))
  const machine = describeMachine()
  console.log(
    styleText('dim', `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGib} GiB, fsync ${machine.fsyncMs} ms`),
  )
  const result = await bench.run({
    options,
    signal: interrupted.signal,
    say: (text) => console.log(styleText('dim', `  ${text}`)),
  })
  console.log(`\n${formatFigures(result.figures)}\n`)
  const file = resultFile(bench, options.json)
  writeFileSync(file, `${JSON.stringify({ bench: bench.name, options, machine, ...result }, null, 2)}\n`)
  console.log(styleText('dim', `written to ${file}`))
  return result.correct ? 0 : 1
}

try {
  process.exit(await main())
} catch (error) {
  if (error instanceof UsageError) console.error(`${error.message}\n\n${usage()}`)
  else if (error instanceof LaunchError) console.error(`${error.message}\n  ${error.hint}`)
  else console.error(error instanceof Error ? (error.stack ?? error.message) : error)
  process.exit(1)
}
