import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startRedis } from '@thingwire/local-services'
import { type Bench, type Figure, wholeNumber } from '../harness/bench.ts'
import { loadProcess } from '../harness/load-process.ts'
import { root, temporaryFolder } from '../harness/stack.ts'
import { grouped } from '../harness/table.ts'
import { metadataOf, payloadOf, type RulesPlan, type RulesReport } from './protocol.ts'

const nodeRedVersion = '5.0.7'
/** With and without counters, samples and traces, in turns. */
const pairsOfRuns = 3
const goals = { timesNodeRed: 5, withoutScripts: 60_000, observersPercent: 5 }

/** Installed once beside the packages of the project, of which it is none. */
const installNodeRed = (say: (text: string) => void): string => {
  const folder = join(root, 'node_modules', '.cache', `node-red-${nodeRedVersion}`)
  if (existsSync(join(folder, 'node_modules', 'node-red', 'package.json'))) return folder
  say(`installing Node-RED ${nodeRedVersion} to compare with`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'commonjs' }))
  const args = [
    'install',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--ignore-scripts',
    `node-red@${nodeRedVersion}`,
  ]
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: 'inherit' })
  if (status !== 0) {
    rmSync(folder, { recursive: true, force: true })
    throw new Error('Node-RED could not be installed.')
  }
  return folder
}

const rateOf = ({ messages, elapsedMs }: RulesReport) => Math.round((messages / elapsedMs) * 1_000)
const cpuUsOf = ({ messages, cpuSeconds }: RulesReport) => (cpuSeconds * 1_000_000) / messages

/** All messages came to the end, and the last of them as both engines should have made it. */
const isRight = ({ lost, last }: RulesReport, withScripts: boolean): boolean => {
  if (lost !== 0) return false
  const n = Number(/\d+$/.exec(last.metadata.deviceName ?? '')?.[0])
  const payload = payloadOf(n)
  const celsius = ((Number(payload.temperature) - 32) * 5) / 9
  const expected = withScripts
    ? { data: { ...payload, celsius }, metadata: { ...metadataOf(n), level: celsius > 20 ? 'high' : 'low' } }
    : { data: payload, metadata: metadataOf(n) }
  return JSON.stringify(last) === JSON.stringify(expected)
}

export const rules: Bench = {
  name: 'rules',
  about: 'a chain of ten nodes without queue and store, with two scripts and with none, beside Node-RED',
  options: {
    batch: { default: '500', about: 'messages a batch' },
    lanes: { default: '4', about: 'batches under way at once, as from partitions' },
    seconds: { default: '8', about: 'measured time of each run' },
  },
  run: async ({ options, say, signal }) => {
    const nodeRedFolder = installNodeRed(say)
    const folder = temporaryFolder()
    const redis = await startRedis({ dataDir: join(folder, 'redis') })
    try {
      const plan = {
        batch: wholeNumber(options, 'batch', [1, 10_000]),
        lanes: wholeNumber(options, 'lanes', [1, 64]),
        measureMs: wholeNumber(options, 'seconds', [1, 600]) * 1_000,
        warmUpMs: 3_000,
        redisUrl: redis.url,
        nodeRedFolder,
      }
      const runOne = async (file: string, withScripts: boolean, observed = true): Promise<RulesReport> => {
        const userFolder = join(folder, `${file}-${withScripts}-${observed}`)
        mkdirSync(userFolder, { recursive: true })
        say(`${file}, ${withScripts ? 'two scripts' : 'no scripts'}${observed ? '' : ', nobody looks'}`)
        return loadProcess<RulesPlan, RulesReport>(
          join(import.meta.dirname, `${file}.ts`),
          { ...plan, withScripts, observed, userFolder },
          signal,
        )
      }
      const runs = {
        scripts: await runOne('engine', true),
        nodeRedScripts: await runOne('node-red', true),
        plain: await runOne('engine', false),
        nodeRedPlain: await runOne('node-red', false),
        pairs: [] as ObservedPair[],
      }
      for (let n = 0; n < pairsOfRuns; n++)
        runs.pairs.push({ observed: await runOne('engine', false), unobserved: await runOne('engine', false, false) })
      const correct =
        isRight(runs.scripts, true) &&
        isRight(runs.nodeRedScripts, true) &&
        [runs.plain, runs.nodeRedPlain, ...runs.pairs.flatMap((pair) => Object.values(pair))].every((run) =>
          isRight(run, false),
        )
      return { figures: figuresOf(runs), correct, data: { plan, runs } }
    } finally {
      await redis.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

type ObservedPair = { observed: RulesReport; unobserved: RulesReport }
type Runs = Record<'scripts' | 'nodeRedScripts' | 'plain' | 'nodeRedPlain', RulesReport> & { pairs: ObservedPair[] }

const figuresOf = (runs: Runs): Figure[] => {
  const show = (run: RulesReport) =>
    `${grouped(rateOf(run))} messages/s, ${cpuUsOf(run).toFixed(1)} µs CPU each, ${Math.round(run.peakResidentMb)} MB`
  const times = rateOf(runs.scripts) / rateOf(runs.nodeRedScripts)
  const costs = runs.pairs.map(({ observed, unobserved }) => (cpuUsOf(observed) / cpuUsOf(unobserved) - 1) * 100)
  const cost = costs.toSorted((a, b) => a - b)[Math.floor(costs.length / 2)] ?? Number.NaN
  return [
    {
      what: 'ten nodes, two of them JavaScript',
      value: show(runs.scripts),
      goal: `≥ ${goals.timesNodeRed} × Node-RED`,
      ratio: times,
      met: times >= goals.timesNodeRed,
    },
    { what: `the same in Node-RED ${nodeRedVersion}`, value: show(runs.nodeRedScripts) },
    {
      what: 'ten nodes without scripts',
      value: show(runs.plain),
      goal: `≥ ${grouped(goals.withoutScripts)}/s`,
      ratio: rateOf(runs.plain) / rateOf(runs.nodeRedPlain),
      met: rateOf(runs.plain) >= goals.withoutScripts,
    },
    { what: `the same in Node-RED ${nodeRedVersion}`, value: show(runs.nodeRedPlain) },
    {
      what: `counters, samples and traces, CPU (the middle one of ${costs.length} pairs of runs)`,
      value: `${cost.toFixed(1)} % (${costs.map((one) => one.toFixed(1)).join(', ')})`,
      goal: `< ${goals.observersPercent} %`,
      met: cost < goals.observersPercent,
    },
  ]
}
