import type { Message, ScriptLanguage } from '@thingwire/contracts'
import { loadFilterScript, loadUpdateScript, type NodeScript, type ScriptInput } from '@thingwire/rules'
import { testMessage } from '@thingwire/rules/testing'
import { tuneHeap } from '../../apps/engine/src/heap.ts'
import { createMetrics } from '../../apps/engine/src/observability/metrics.ts'
import { silentLogger } from '../../apps/engine/src/observability/logger.ts'
import { givenLibraries } from '../../apps/engine/src/script-libraries/library-lookup.ts'
import { createScriptRunner, type ScriptRunner } from '../../apps/engine/src/scripting/script-runner.ts'
import { type Bench, type Figure, wholeNumber } from '../harness/bench.ts'
import { cpuSeconds, ownCpuSeconds } from '../harness/processes.ts'

const goalUs = { JS: 3, TBEL: 6 } as const

const filterBody = 'return msg.temperature > 20;'
const updateBody = {
  JS: `msg.celsius = (msg.temperature - 32) * 5 / 9;
metadata.level = msg.celsius > 20 ? 'high' : 'low';
return {msg: msg, metadata: metadata, msgType: msgType};`,
  TBEL: `msg.celsius = (msg.temperature - 32) * 5 / 9;
metadata.level = msg.celsius > 20 ? 'high' : 'low';
return {msg: msg, metadata: metadata, msgType: msgType};`,
} as const

const libraries = {
  JS: 'function celsius(fahrenheit) { return (fahrenheit - 32) * 5 / 9; }',
  TBEL: 'def celsius(fahrenheit) { return (fahrenheit - 32) * 5 / 9; }',
} as const

type Language = keyof typeof libraries

/** Whatever else runs without a sandbox: nothing tells the engine sooner that a script needs one, and it costs nothing when it runs. */
const inSandbox = ' of more than 20,000 characters, so in a sandbox'

/** The same script with more than calculations, and as one that needs a sandbox. */
const forms: Readonly<Record<string, (body: string, language: Language) => string>> = {
  '': (body) => body,
  ' with a loop': (body) => `for (var i = 0; i < 1; i++) { var n = i; }\n${body}`,
  ' with a loop over four values and a function': (body, language) =>
    language === 'JS'
      ? `function sum(list) { var n = 0; for (const v of list) n += v; return n; }\nvar total = sum(msg.samples);\n${body}`
      : `def sum(list) { var n = 0; foreach (v : list) { n += v; } return n; }\nvar total = sum(msg.samples);\n${body}`,
  ' with a library': (body, language) =>
    `// @use ${language}\n${body.replace('(msg.temperature - 32) * 5 / 9', 'celsius(msg.temperature)')}`,
  [inSandbox]: (body) => `/* ${'x'.repeat(20_000)} */\n${body}`,
}

const makeBatch = (size: number): Message[] =>
  Array.from({ length: size }, (_, n) =>
    testMessage({
      data: JSON.stringify({ temperature: 60.5 + (n % 40), humidity: 40 + (n % 7), samples: [1, 2, 3, n] }),
      metadata: { deviceName: `Thermometer ${n}`, deviceType: 'default', ts: String(1_700_000_000_000 + n) },
    }),
  )

/** The same work without a sandbox: what JSON and the function alone cost. */
const bare = {
  filter: async (batch: readonly ScriptInput[]) =>
    batch.map(({ data, metadata }) => {
      const msg: { temperature: number } = JSON.parse(data)
      JSON.parse(JSON.stringify(metadata))
      return { ok: true as const, value: msg.temperature > 20 }
    }),
  update: async (batch: readonly ScriptInput[]) =>
    batch.map(({ data, metadata, type }) => {
      const msg: { temperature: number; celsius?: number } = JSON.parse(data)
      const own: Record<string, string> = JSON.parse(JSON.stringify(metadata))
      msg.celsius = ((msg.temperature - 32) * 5) / 9
      own.level = msg.celsius > 20 ? 'high' : 'low'
      return { ok: true as const, value: [{ data: JSON.stringify(msg), metadata: own, type }] }
    }),
}

/** Per message. Processor time is that of the engine and of the script processes together; `ownUs` is the engine's. */
type Run = { wallUs: number; cpuUs: number; ownUs: number; answers: number }

/** Batches one after the other on each of `lanes`, as partitions bring them, for the given time. */
const measure = async (
  script: NodeScript<unknown>,
  options: { size: number; lanes: number; ms: number; signal: AbortSignal },
): Promise<Run> => {
  const { size, lanes, ms, signal } = options
  const batch = makeBatch(size)
  const runFor = async (forMs: number): Promise<number> => {
    const end = performance.now() + forMs
    let answers = 0
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        while (performance.now() < end) {
          signal.throwIfAborted()
          for (const { ok } of await script(batch, signal)) if (ok) answers++
        }
      }),
    )
    return answers
  }
  await runFor(ms / 4)
  const began = { ms: performance.now(), cpu: cpuSeconds(process.pid), own: ownCpuSeconds(process.pid) }
  const answers = await runFor(ms)
  return {
    wallUs: ((performance.now() - began.ms) * 1_000) / answers,
    cpuUs: ((cpuSeconds(process.pid) - began.cpu) * 1_000_000) / answers,
    ownUs: ((ownCpuSeconds(process.pid) - began.own) * 1_000_000) / answers,
    answers,
  }
}

const scriptsOf = (runner: ScriptRunner, language: ScriptLanguage) => {
  const ports = { scripts: runner.portOf('bench') }
  const node = { ruleChainId: 'bench', nodeId: 'bench', suspended: () => {}, ports }
  return (kind: 'filter' | 'update', form: string): Promise<NodeScript<unknown>> => {
    const body = forms[form]?.(kind === 'filter' ? filterBody : updateBody[language], language) ?? ''
    return kind === 'filter' ? loadFilterScript({ node, language, body }) : loadUpdateScript({ node, language, body })
  }
}

/** Whether sandbox and bare function say the same of the same batch. */
const isRight = async (
  script: NodeScript<unknown>,
  plain: NodeScript<unknown>,
  signal: AbortSignal,
): Promise<boolean> => {
  const batch = makeBatch(100)
  return JSON.stringify(await script(batch, signal)) === JSON.stringify(await plain(batch, signal))
}

const micros = (value: number): string => `${value.toFixed(2)} µs a message`

export const scripts: Bench = {
  name: 'scripts',
  about: 'scripts of rule nodes, batch by batch, with and without a sandbox, against the bare function in the engine',
  options: {
    batch: { default: '100', about: 'messages a batch' },
    lanes: { default: '4', about: 'batches under way at once, as from partitions' },
    processes: { default: '2', about: 'script processes' },
    seconds: { default: '4', about: 'measured time of each line' },
  },
  run: async ({ options, say, signal }) => {
    const size = wholeNumber(options, 'batch', [1, 10_000])
    const lanes = wholeNumber(options, 'lanes', [1, 64])
    const processes = wholeNumber(options, 'processes', [1, 64])
    const ms = wholeNumber(options, 'seconds', [1, 600]) * 1_000
    tuneHeap()
    const runner = createScriptRunner({
      processes,
      timeoutMs: 1_000,
      memoryMb: 32,
      logger: silentLogger,
      metrics: createMetrics(),
      libraries: givenLibraries(
        (['JS', 'TBEL'] as const).map((language) => ({ name: language, language, body: libraries[language] })),
      ),
    })
    const figures: Figure[] = []
    const data: Record<string, unknown> = {}
    let correct = true
    try {
      for (const kind of ['filter', 'update'] as const) {
        const baseline = await measure(bare[kind], { size, lanes: 1, ms: ms / 2, signal })
        figures.push({ what: `${kind}, bare function`, value: micros(baseline.cpuUs) })
        for (const language of ['JS', 'TBEL'] as const) {
          const load = scriptsOf(runner, language)
          for (const form of Object.keys(forms)) {
            const what = `${kind} in ${language}${form}`
            say(what)
            const script = await load(kind, form)
            if (language === 'JS') correct &&= await isRight(script, bare[kind], signal)
            const alone = await measure(script, { size, lanes: 1, ms: ms / 2, signal })
            const beside = await measure(script, { size, lanes, ms, signal })
            figures.push(
              {
                what: `${what}, processor time`,
                value: micros(beside.cpuUs),
                goal: `< ${goalUs[language]} µs`,
                ratio: beside.cpuUs / baseline.cpuUs,
                met: beside.cpuUs < goalUs[language],
              },
              { what: `${what}, of that in the engine`, value: micros(beside.ownUs) },
              { what: `${what}, time with ${lanes} batches at once`, value: micros(beside.wallUs) },
              { what: `${what}, time with one batch at once`, value: micros(alone.wallUs) },
            )
            data[what] = { baseline, alone, beside }
          }
        }
      }
    } finally {
      await runner.stop(Date.now() + 1_000)
    }
    return { figures, correct, data }
  },
}
