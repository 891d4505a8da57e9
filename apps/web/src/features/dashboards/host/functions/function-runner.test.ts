import { describe, expect, it, vi } from 'vitest'
import { createFunctionRunner, type SandboxWords } from './function-runner.ts'
import { type SandboxJob, type SandboxRequest, sandboxLimits } from './protocol.ts'

const words: SandboxWords = {
  timedOut: 'timed out',
  off: 'off',
  crashed: 'crashed',
  tooLarge: 'too large',
  tooMany: 'too many',
  notStarted: 'not started',
  closed: 'closed',
}

/** A sandbox that answers as the test says; `answer` gets each job. */
const setUp = (answer: (job: SandboxJob) => unknown, loadModule = async (link: string) => `text of ${link}`) => {
  const posted: SandboxRequest[] = []
  const close = vi.fn()
  const open = vi.fn((receive: (message: unknown) => void) => {
    queueMicrotask(() => receive({ type: 'ready' }))
    return {
      post: (request: SandboxRequest) => {
        posted.push(structuredClone(request))
        for (const job of request.jobs) queueMicrotask(() => receive(answer(job)))
      },
      close,
    }
  })
  return { posted, close, open, runner: createFunctionRunner({ open, loadModule, words }) }
}

const doubled = (job: SandboxJob) => ({
  type: 'done',
  id: job.id,
  results: job.calls.map(([n]) => ({ ok: true, value: Number(n) * 2 })),
})

describe('running functions of a dashboard', () => {
  it('starts the sandbox with the first call, and sends the calls of one turn together', async () => {
    const { runner, open, posted } = setUp(doubled)
    expect(open).not.toHaveBeenCalled()
    const [one, two] = await Promise.all([
      runner.port.callMany('return n * 2', ['n'], [[1], [2]]),
      runner.port.callMany('return 2 * n', ['n'], [[3]]),
    ])
    expect([one, two]).toEqual([
      [
        { ok: true, value: 2 },
        { ok: true, value: 4 },
      ],
      [{ ok: true, value: 6 }],
    ])
    expect(open).toHaveBeenCalledOnce()
    expect(posted.map((request) => request.jobs.length)).toEqual([2])
  })

  it('remembers answers, but not of what the time or chance decides', async () => {
    const { runner, posted } = setUp(doubled)
    for (const code of ['return n', 'return Date.now() + n', 'return Math.random() * n']) {
      await runner.port.callMany(code, ['n'], [[1]])
      await runner.port.callMany(code, ['n'], [[1]])
    }
    const asked = posted.flatMap((request) => request.jobs.map((job) => job.code))
    expect(asked.filter((code) => code === 'return n')).toHaveLength(1)
    expect(asked).toHaveLength(5)
  })

  it('asks anew for arguments that JSON would not tell apart', async () => {
    const { runner, posted } = setUp(doubled)
    await runner.port.callMany('return n', ['n'], [[Number.NaN]])
    await runner.port.callMany('return n', ['n'], [[null]])
    await runner.port.callMany('return n', ['n'], [[undefined]])
    expect(posted).toHaveLength(3)
  })

  it('cuts long lists into jobs and puts the answers back in order', async () => {
    const { runner, posted } = setUp(doubled)
    const calls = Array.from({ length: 2_500 }, (_, n) => [n])
    const results = await runner.port.callMany('return n * 2', ['n'], calls)
    expect(posted.flatMap((request) => request.jobs.map((job) => job.calls.length))).toEqual([1_000, 1_000, 500])
    expect(results.map((result) => result.ok && result.value)).toEqual(calls.map(([n]) => Number(n) * 2))
  })

  it('switches a function off after it was ended by force too often, and no other', async () => {
    const { runner, posted } = setUp((job) => (job.code === 'bad' ? { type: 'timeout', id: job.id } : doubled(job)))
    const told = []
    for (let n = 0; n < sandboxLimits.strikes + 2; n += 1)
      told.push(...(await runner.port.callMany('bad', ['n'], [[n]])))
    expect(told.map((result) => !result.ok && result.message)).toEqual([
      ...Array.from({ length: sandboxLimits.strikes - 1 }, () => 'timed out'),
      'off',
      'off',
      'off',
    ])
    expect(posted).toHaveLength(sandboxLimits.strikes)
    expect(await runner.port.callMany('good', ['n'], [[2]])).toEqual([{ ok: true, value: 4 }])
  })

  it('believes no answer of another shape, length or id', async () => {
    vi.useFakeTimers()
    try {
      for (const odd of [
        null,
        'done',
        { type: 'done', id: 1 },
        { type: 'done', id: 99, results: [] },
        { type: 'done', id: 1, results: [{ ok: 'yes', value: 1 }] },
      ]) {
        const { runner } = setUp(() => odd)
        let answer: unknown = 'none'
        void runner.port.callMany('return n', ['n'], [[1]]).then((results) => {
          answer = results
        })
        await vi.advanceTimersByTimeAsync(100)
        expect(answer, JSON.stringify(odd)).toBe('none')
        runner.close()
        await vi.advanceTimersByTimeAsync(0)
        expect(answer).toEqual([{ ok: false, message: 'closed' }])
      }
    } finally {
      vi.useRealTimers()
    }
    const { runner } = setUp((job) => ({ type: 'done', id: job.id, results: [] }))
    expect(await runner.port.callMany('return n', ['n'], [[1]])).toEqual([{ ok: false, message: 'crashed' }])
  })

  it('refuses arguments beyond the limit and those that cannot be copied, and answers the others', async () => {
    const { runner } = setUp(doubled)
    const huge = 'x'.repeat(sandboxLimits.characters + 1)
    const [large, small, odd] = await Promise.all([
      runner.port.callMany('return n', ['n'], [[huge]]),
      runner.port.callMany('return n', ['n'], [[4]]),
      runner.port.callMany('return n', ['n'], [[() => 1]]),
    ])
    expect(large).toEqual([{ ok: false, message: 'too large' }])
    expect(small).toEqual([{ ok: true, value: 8 }])
    expect(odd).toEqual([{ ok: false, message: expect.stringContaining('could not be cloned') }])
  })

  it('says so when the sandbox does not start', async () => {
    vi.useFakeTimers()
    try {
      const runner = createFunctionRunner({
        open: () => ({ post: () => {}, close: () => {} }),
        loadModule: async () => '',
        words,
      })
      const answer = runner.port.callMany('return 1', [], [[]])
      await vi.advanceTimersByTimeAsync(sandboxLimits.startMs + 1)
      expect(await answer).toEqual([{ ok: false, message: 'not started' }])
    } finally {
      vi.useRealTimers()
    }
  })

  it('sends the text of modules along, and tells of one that cannot be had', async () => {
    const { runner, posted } = setUp(doubled)
    await runner.port.callMany({ body: 'return lib.x', modules: { lib: 'tb-resource;/a.js' } }, ['n'], [[1]])
    expect(posted[0]?.jobs[0]?.modules).toEqual({ lib: 'text of tb-resource;/a.js' })
    const broken = setUp(doubled, async () => {
      throw new Error('No such module')
    })
    expect(await broken.runner.port.callMany({ body: 'return 1', modules: { lib: 'x' } }, [], [[]])).toEqual([
      { ok: false, message: 'No such module' },
    ])
  })

  it('closes with everything that waits', async () => {
    const { runner, close } = setUp(() => null)
    const waiting = runner.port.callMany('return 1', [], [[]])
    await vi.waitFor(() => runner)
    runner.close()
    expect(await waiting).toEqual([{ ok: false, message: 'closed' }])
    expect(await runner.port.callMany('return 1', [], [[]])).toEqual([{ ok: false, message: 'closed' }])
    expect(close.mock.calls.length).toBeLessThanOrEqual(1)
  })
})
