import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { AppError } from '@thingwire/contracts'
import { messageArguments, type ScriptKind, type ScriptSource } from '@thingwire/rules'
import { waitFor } from '@thingwire/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { silentLogger } from '../observability/logger.ts'
import { createMetrics } from '../observability/metrics.ts'
import { type ScriptChild, startScriptChild } from './script-child.ts'
import { givenLibraries } from '../script-libraries/library-lookup.ts'
import { createScriptRunner, type ScriptRunner, type ScriptRunnerOptions } from './script-runner.ts'

const timeoutMs = 300
const runners: ScriptRunner[] = []
afterEach(async () => {
  for (const runner of runners.splice(0)) await runner.stop(Date.now() + 1_000)
})

const startRunner = (options: Partial<ScriptRunnerOptions> = {}): ScriptRunner => {
  const runner = createScriptRunner({
    processes: 1,
    timeoutMs,
    memoryMb: 16,
    logger: silentLogger,
    metrics: createMetrics(),
    ...options,
  })
  runners.push(runner)
  return runner
}

const plainSource = (body: string, kind: ScriptKind = 'string'): ScriptSource => ({
  language: 'JS',
  kind,
  argNames: messageArguments,
  body,
})
/** A script that does not run without a sandbox, whatever follows. */
const source = (body: string, kind?: ScriptKind): ScriptSource => plainSource(`typeof globalThis; ${body}`, kind)
const { signal } = new AbortController()
const messages = (count: number, bad: readonly number[] = []) =>
  Array.from({ length: count }, (_, n) => ({
    data: JSON.stringify({ n, bad: bad.includes(n) }),
    metadata: { deviceName: 'Hall' },
    type: 'POST_TELEMETRY_REQUEST',
  }))

/** Loads a script and gives a function that runs it and shows each answer as a text. */
const load = async (runner: ScriptRunner, body: string, tenantId = 'a') => {
  const script = await runner.portOf(tenantId).load(source(body))
  return async (inputs: ReturnType<typeof messages>) =>
    (await script(inputs, signal)).map((answer) => (answer.ok ? String(answer.value[0] ?? '') : answer.error))
}

/** What is no attack answers with its number; what is none of a script's business ends in `attack`. */
const attacking = (attack: string) => `if (msg.bad) { ${attack} } return String(msg.n);`

describe('an attack costs its own message, and no other', () => {
  test.each([
    ['a loop', 'for (;;) {}', 'Script execution timed out'],
    [
      'a regular expression that backtracks',
      'return String(/^(a+)+$/.test("a".repeat(60) + "!"))',
      'Script execution timed out',
    ],
    ['objects without end', 'const all = []; for (;;) all.push({ n: all.length });', /timed out|too much memory/],
    ['arrays without end', 'const all = []; for (;;) all.push(new Array(1000).fill(1));', /timed out|too much memory/],
    [
      'buffers without end',
      'const all = []; for (;;) all.push(new Uint8Array(1e6).fill(1));',
      /Array buffer allocation failed/,
    ],
    ['a text without end', 'let text = "x"; for (;;) text += text;', 'RangeError: Invalid string length'],
    [
      'an endless recursion',
      'const f = () => f() + 1; return String(f());',
      'RangeError: Maximum call stack size exceeded',
    ],
    ['a result that is too long', 'return "x".repeat(300001);', 'Script result exceeds 300000 characters'],
    [
      'a result that is written without end',
      'const o = { toJSON: () => { for (;;) {} } }; return JSON.stringify(o);',
      'Script execution timed out',
    ],
    ['an error whose text never ends', 'throw { toString() { for (;;) {} } };', 'Script execution timed out'],
  ])('%s', async (_name, attack, error) => {
    const run = await load(startRunner(), attacking(attack))
    const answers = await run(messages(5, [2]))
    expect(answers).toEqual(['0', '1', error instanceof RegExp ? expect.stringMatching(error) : error, '3', '4'])
  })

  test.each([
    ['a power that does not look at the clock', 'return String(7n ** 100000000n > 0n)'],
    [
      'work that is left for later',
      'const made = Function("return as" + "ync () => 1")(); made.constructor("for (;;) aw" + "ait 1")(); return "left"',
    ],
  ])('%s is given up soon', async (_name, attack) => {
    const runner = startRunner()
    const [run, neighbour] = [await load(runner, attacking(attack)), await load(runner, 'return "fine";', 'b')]
    await neighbour(messages(1))
    const began = performance.now()
    const hostile = run(messages(5, [2]))
    const answers = await neighbour(messages(1))
    const neighbourMs = performance.now() - began
    expect((await hostile).slice(0, 2)).toEqual(['0', '1'])
    // What a batch may take on a machine that is busy, and what it takes to notice that nothing comes any more.
    expect(performance.now() - began).toBeLessThan(5 * timeoutMs + 1_000)
    expect([answers, neighbourMs < timeoutMs]).toEqual([['fine'], true])
  })
})

test('what cannot be interrupted costs its own message, and its process', async () => {
  const runner = startRunner()
  const run = await load(runner, attacking('return String(7n ** 100000000n > 0n)'))
  const neighbour = await load(runner, 'return "fine";', 'b')
  await neighbour(messages(1))
  const before = runner.pids()
  expect(await run(messages(5, [2]))).toEqual(['0', '1', 'Script execution timed out', '3', '4'])
  // Its thread would go on for seconds.
  await waitFor(() => before.every((pid) => !existsSync(`/proc/${pid}`)))
  expect(await neighbour(messages(1))).toEqual(['fine'])
})

test('nothing of the process can be reached', async () => {
  const found = [
    'typeof process + typeof require + typeof module + typeof global + typeof Buffer + typeof fetch',
    'String(msg.constructor.constructor("return typeof process")())',
    'String(Function("return typeof process")())',
    '(() => { try { return String(typeof globalThis.eval("process")) } catch (e) { return e.name } })()',
    '(() => { try { throw new Error() } catch (e) { return typeof e.constructor.constructor("return this")().process } })()',
    'typeof Reflect.getPrototypeOf(globalThis)?.process',
    'Object.getOwnPropertyNames(globalThis).filter((name) => /process|require|ivm|host|child/i.test(name)).join()',
  ]
  const runner = startRunner()
  const answers: string[] = []
  for (const expression of found) answers.push(...(await (await load(runner, `return ${expression};`))(messages(1))))
  expect(answers).toEqual([
    'undefined'.repeat(6),
    'undefined',
    'undefined',
    'ReferenceError',
    'undefined',
    'undefined',
    '',
  ])
})

test('a script process has no environment, and only its pipes beside what Node opens for itself', async () => {
  const runner = startRunner()
  await load(runner, 'return "x";')
  const [pid] = runner.pids()
  const environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
    .split('\0')
    .filter((entry) => !entry.startsWith('TZ='))
  expect(environment.join('')).toBe('')
  expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).toContain('--permission')
})

test('a script of another tenant with the same text shares nothing', async () => {
  const runner = startRunner()
  const body =
    'Object.prototype.seen = 1; try { Object.getPrototypeOf(function* () {}).n = 1 } catch {} return String(({}).seen);'
  const [a, b] = [await load(runner, body, 'a'), await load(runner, body, 'b')]
  expect([await a(messages(2)), await b(messages(2))]).toEqual([
    ['undefined', 'undefined'],
    ['undefined', 'undefined'],
  ])
  expect(runner.statistics('a', source(body))).toMatchObject({ calls: 1, messages: 2 })
  expect(runner.statistics('c', source(body))).toBeNull()
})

test('scripts that do not end keep nobody else waiting, however many there are', async () => {
  const runner = startRunner()
  const neighbour = await load(runner, 'return String(msg.n);', 'neighbour')
  await neighbour(messages(100))
  const hostile = await Promise.all(Array.from({ length: 6 }, (_, n) => load(runner, 'for (;;) {}', `hostile ${n}`)))
  const began = performance.now()
  let open = hostile.length
  const ended = hostile.map((run) => run(messages(1)).finally(() => open--))
  const times: number[] = []
  while (performance.now() - began < timeoutMs * 0.8) {
    const startedMs = performance.now()
    expect((await neighbour(messages(100))).at(-1)).toBe('99')
    times.push(performance.now() - startedMs)
  }
  expect(open).toBe(6)
  // Six threads that spin share two processors with it; without threads of their own it would wait for the first of them.
  expect(times.length).toBeGreaterThan(1)
  await Promise.all(ended)
})

test('a script that does not end is suspended, told so, and tried again later', async () => {
  let nowMs = 1_000_000
  const runner = startRunner({ now: () => nowMs })
  const body = attacking('for (;;) {}')
  const run = await load(runner, body)
  const began = performance.now()
  const answers = await run(messages(5, [0, 1, 2, 3, 4]))
  expect(performance.now() - began).toBeLessThan(5 * timeoutMs + 1_000)
  expect(answers).toEqual(Array.from({ length: 5 }, () => 'Script execution timed out'))
  await run(messages(2, [0, 1]))
  expect(runner.statistics('a', source(body))).toMatchObject({ state: 'suspended', suspendedUntil: 1_060_000 })
  expect(await run(messages(1))).toEqual([
    'Script invocation is blocked due to maximum error count 3; it is tried again at 1970-01-01T00:17:40.000Z',
  ])
  nowMs += 60_000
  expect(await run(messages(2))).toEqual(['0', '1'])
})

test('the node of a script that is suspended hears of it once, and when it runs again', async () => {
  let nowMs = 1_000_000
  const runner = startRunner({ now: () => nowMs })
  const heard: (string | null)[] = []
  const user = { ruleChainId: 'chain', nodeId: 'node', suspended: (reason: string | null) => void heard.push(reason) }
  const run = await runner.portOf('a').load(source(attacking('for (;;) {}')), user)
  for (const size of [3, 1, 1]) await run(messages(size, [0, 1, 2]), signal)
  expect(heard).toEqual([expect.stringContaining('Script invocation is blocked')])
  nowMs += 60_000
  await run(messages(1, []), signal)
  expect(heard.slice(1)).toEqual([null])
})

test('a script whose process gets no processor is not to blame for it', async () => {
  const runner = startRunner()
  const slow = 'const end = Date.now() + 5; while (Date.now() < end); return String(msg.n);'
  const run = await load(runner, slow)
  await run(messages(1))
  const [pid] = runner.pids()
  if (pid === undefined) throw new Error('There is no process')
  const work = run(messages(40))
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  await pause(timeoutMs / 4)
  process.kill(pid, 'SIGSTOP')
  await pause(2 * timeoutMs)
  process.kill(pid, 'SIGCONT')
  expect(await work).toEqual(messages(40).map((_, n) => String(n)))
  expect(runner.statistics('a', source(slow))).toMatchObject({ errors: 0, state: 'active' })
})

describe('when a script process is killed', () => {
  test('what it ran is run again elsewhere, and no message is without its answer', async () => {
    const runner = startRunner()
    const slow = 'const end = Date.now() + 2; while (Date.now() < end); return String(msg.n);'
    const scripts = await Promise.all(['a', 'b', 'c'].map((tenant) => load(runner, slow, tenant)))
    const work = scripts.map((run) => run(messages(100)))
    const [pid] = runner.pids()
    if (pid === undefined) throw new Error('There is no process')
    process.kill(pid, 'SIGKILL')
    const expected = Array.from({ length: 100 }, (_, n) => String(n))
    expect(await Promise.all(work)).toEqual([expected, expected, expected])
    expect(runner.pids()).not.toContain(pid)
    expect(runner.statistics('a', source(slow))).toMatchObject({ errors: 0, state: 'active' })
  })

  test('twice while it runs the same messages, all have their answers', async () => {
    const children: ScriptChild[] = []
    const runner = startRunner({
      startChild: () => {
        const child = startScriptChild()
        children.push(child)
        return child
      },
    })
    const run = await load(runner, 'const end = Date.now() + 20; while (Date.now() < end); return String(msg.n);')
    const work = run(messages(20))
    for (const index of [0, 1]) {
      await waitFor(() => children[index]?.hasStarted())
      children[index]?.kill()
    }
    expect(await work).toEqual(Array.from({ length: 20 }, (_, n) => String(n)))
  })

  test('by whoever, as often as it runs the same message alone, that message fails with the reason', async () => {
    let toKill: ScriptChild[] = []
    const runner = startRunner({
      startChild: () => {
        const child = startScriptChild()
        toKill.push(child)
        return child
      },
    })
    const run = await load(runner, 'for (;;) {}')
    let isOver = false
    const work = run(messages(1)).finally(() => {
      isOver = true
    })
    await waitFor(() => {
      for (const child of toKill.filter((child) => child.hasStarted())) child.kill()
      toKill = toKill.filter((child) => !child.hasStarted())
      return isOver
    })
    expect(await work).toEqual(['The script process ended while it ran this script'])
  })
})

describe('while no process starts', () => {
  const noChild = (): ScriptChild => ({
    pid: undefined,
    run: async () => ({ answers: [], strikes: 0, hasDied: true }),
    check: async () => undefined,
    hasStarted: () => false,
    isSpoilt: () => false,
    ended: Promise.resolve(),
    kill: () => {},
  })
  const unavailable = (error: unknown) => (error instanceof AppError ? [error.code, error.act] : error)

  test('a script is not loaded, so its node says why its messages fail', async () => {
    const runner = startRunner({ maxWaitMs: 200, startChild: noChild })
    const failed = await runner.portOf('a').load(source('return "x";')).catch(unavailable)
    expect(failed).toEqual(['SCRIPTS_UNAVAILABLE', 'environment'])
  })

  test('a call of a loaded script is the environment’s error, so its batch runs again, and no message fails', async () => {
    let isBroken = false
    const children: ScriptChild[] = []
    const runner = startRunner({
      maxWaitMs: 200,
      startChild: () => {
        const child = isBroken ? noChild() : startScriptChild()
        children.push(child)
        return child
      },
    })
    const script = await runner.portOf('a').load(source('return "x";'))
    isBroken = true
    children[0]?.kill()
    await children[0]?.ended
    expect(await script(messages(1), signal).catch(unavailable)).toEqual(['SCRIPTS_UNAVAILABLE', 'environment'])
    expect(runner.statistics('a', source('return "x";'))).toBeNull()
    isBroken = false
    await waitFor(() => script(messages(1), signal).then(([answer]) => answer?.ok))
  })
})

test('a batch that is given up does not wait for its script', async () => {
  const runner = startRunner({ timeoutMs: 5_000 })
  const script = await runner.portOf('a').load(source('for (;;) {}'))
  const giving = new AbortController()
  const work = script(messages(1), giving.signal)
  giving.abort(new Error('given up'))
  await expect(work).rejects.toThrow('given up')
})

test('a batch larger than one call is answered in order', async () => {
  const run = await load(startRunner(), 'return String(msg.n);')
  const large = messages(50).map((message, n) => ({
    ...message,
    data: JSON.stringify({ n, text: 'x'.repeat(60_000) }),
  }))
  expect(await run(large)).toEqual(large.map((_, n) => String(n)))
})

test('scripts that are no longer used make room for others', async () => {
  const runner = startRunner({ memoryMb: 8 })
  for (let n = 0; n < 230; n++) {
    const run = await load(runner, `return "${n}";`)
    expect(await run(messages(1))).toEqual([String(n)])
  }
  const [pid] = runner.pids()
  const rssKb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  expect(rssKb).toBeLessThan(700_000)
  const again = await load(runner, 'return "0";')
  expect(await again(messages(1))).toEqual(['0'])
}, 60_000)

test('script processes end with their engine, however that ends', async () => {
  const program = `
    const { createScriptRunner } = await import(${JSON.stringify(new URL('./script-runner.ts', import.meta.url).href)})
    const { createMetrics } = await import(${JSON.stringify(new URL('../observability/metrics.ts', import.meta.url).href)})
    const logger = { warn: () => {} }
    const runner = createScriptRunner({ processes: 1, timeoutMs: 60_000, memoryMb: 16, logger, metrics: createMetrics() })
    const source = { language: 'JS', kind: 'string', argNames: ['msg'], body: 'for (;;) {}' }
    const script = await runner.portOf('a').load(source)
    script([{ data: '1', metadata: {}, type: '' }], new AbortController().signal)
    console.log(runner.pids()[0])
    setInterval(() => {}, 1_000)`
  const engine = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const pid = await new Promise<number>((resolve) =>
    engine.stdout.once('data', (text: Buffer) => resolve(Number(text.toString()))),
  )
  expect(existsSync(`/proc/${pid}`)).toBe(true)
  engine.kill('SIGKILL')
  await waitFor(() => !existsSync(`/proc/${pid}`))
})

describe('a script that only calculates', () => {
  const celsius = 'msg.c = msg.n + 0.5; metadata.level = msg.n > 1 ? "high" : "low"; return {msg, metadata, msgType};'
  const update = (runner: ScriptRunner, body: string) => runner.portOf('a').load(plainSource(body, 'update'))

  test('is counted like any other, and needs no process once it is loaded', async () => {
    const runner = startRunner()
    const script = await update(runner, celsius)
    for (const pid of runner.pids()) process.kill(pid, 'SIGKILL')
    await waitFor(() => runner.pids().length === 0)
    const answers = await script(messages(3), signal)
    expect(answers[2]).toEqual({
      ok: true,
      value: ['{"n":2,"bad":false,"c":2.5}', { deviceName: 'Hall', level: 'high' }, null],
    })
    expect(runner.statistics('a', plainSource(celsius, 'update'))).toMatchObject({ calls: 1, messages: 3, errors: 0 })
    expect(runner.pids()).toEqual([])
  })

  test('with loops and functions of a library, which changes while it runs', async () => {
    let factor = 2
    const runner = startRunner({
      libraries: {
        resolve: (...given) =>
          givenLibraries([
            { name: 'math', language: 'JS', body: `function times(n) { return ${factor} * n; }` },
          ]).resolve(...given),
      },
    })
    const body = '// @use math\nlet sum = 0; for (let i = 0; i < 3; i++) sum += times(msg.n); return String(sum);'
    const script = await runner.portOf('a').load(plainSource(body))
    for (const pid of runner.pids()) process.kill(pid, 'SIGKILL')
    await waitFor(() => runner.pids().length === 0)
    const run = async () => (await script(messages(3), signal)).map((answer) => (answer.ok ? answer.value[0] : answer))
    const first = await run()
    factor = 10
    expect([first, await run()]).toEqual([
      ['0', '6', '12'],
      ['0', '30', '60'],
    ])
  })

  test('has errors told by the sandbox, in their places', async () => {
    const runner = startRunner()
    const body = 'if (msg.bad) { return msg.none.at.all } return String(msg.n);'
    const script = await runner.portOf('a').load(plainSource(body))
    const run = async (inputs: ReturnType<typeof messages>) =>
      (await script(inputs, signal)).map((answer) => (answer.ok ? answer.value[0] : answer.error))
    const problem = "TypeError: Cannot read properties of undefined (reading 'at')"
    expect(await run(messages(4, [1, 2]))).toEqual(['0', problem, problem, '3'])
    expect(runner.statistics('a', plainSource(body))).toMatchObject({ messages: 4, errors: 2 })
  })
})
