import { describe, expect, it } from 'vitest'
import { createShell } from './shell.ts'

/** A shell over a device that gives these answers, one after the other. */
const setUp = (answers: readonly unknown[]) => {
  const left = [...answers]
  const calls: unknown[] = []
  const said: string[] = []
  const waits: number[] = []
  const shell = createShell({
    call: async (method, params) => {
      calls.push(params === null ? method : [method, params])
      return left.shift()
    },
    say: (kind, text) => said.push(`${kind} ${text}`),
    wait: async (ms) => {
      waits.push(ms)
    },
  })
  return { shell, calls, said, waits }
}

describe('a remote shell', () => {
  it('runs a command where the last one ended, and prints what comes until it is done', async () => {
    const { shell, calls, said, waits } = setUp([
      '{"platform":"linux","release":"6.1","cwd":"/root"}',
      { ok: true },
      { data: [{ stdout: 'one' }, { stderr: 'two' }], done: false },
      { data: [], done: false },
      { data: [{ stdout: 'three' }], done: true, cwd: '/tmp' },
    ])
    await shell.open()
    expect(shell.cwd()).toBe('/root')
    await shell.run('cd /tmp')
    expect(calls.slice(1, 3)).toEqual([['sendCommand', { command: 'cd /tmp', cwd: '/root' }], 'getCommandStatus'])
    expect(said).toEqual(['note linux 6.1', 'output one', 'error two', 'output three'])
    expect(waits).toEqual([200, 200, 1_000])
    expect(shell.cwd()).toBe('/tmp')
  })

  it('tells a refusal, and does not ask for ever where there is no shell', async () => {
    await expect(setUp([{ ok: false, error: 'busy' }]).shell.run('ls')).rejects.toThrow('busy')
    await expect(setUp([{ ok: true }, 'what?']).shell.run('ls')).rejects.toThrow()
  })

  it('asks no more once it is closed', async () => {
    const { shell, calls } = setUp([{ ok: true }, { data: [], done: false }])
    shell.close()
    await shell.run('sleep 9')
    expect(calls).toHaveLength(1)
  })
})
