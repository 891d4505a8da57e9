/** What a shell needs: calls of the device, a place to say things, and time. */
export type ShellPorts = {
  call: (method: string, params: unknown) => Promise<unknown>
  say: (kind: 'output' | 'error' | 'note', text: string) => void
  wait: (ms: number) => Promise<void>
}

/** How often a command that runs is asked for news; less often while it says nothing. */
const soonMs = 200
const laterMs = 1_000

const recordOf = (value: unknown): Readonly<Record<string, unknown>> => {
  if (typeof value !== 'string') return typeof value === 'object' && value !== null ? { ...value } : {}
  try {
    return recordOf(JSON.parse(value))
  } catch {
    return {}
  }
}
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** A shell on a device: one command at a time, its output as it comes. */
export const createShell = ({ call, say, wait }: ShellPorts) => {
  let cwd: string | null = null
  let isOver = false

  const follow = async (): Promise<void> => {
    let pauseMs = soonMs
    for (;;) {
      await wait(pauseMs)
      if (isOver) return
      const status = recordOf(await call('getCommandStatus', null))
      const news = Array.isArray(status.data) ? status.data.map(recordOf) : []
      for (const { stdout, stderr } of news) {
        const [out, err] = [textOf(stdout), textOf(stderr)]
        if (out !== null) say('output', out)
        if (err !== null) say('error', err)
      }
      if (status.done === true) {
        cwd = textOf(status.cwd) ?? cwd
        return
      }
      // A device that answers something else altogether would be asked for ever.
      if (!('done' in status) && !('data' in status)) throw new Error(JSON.stringify(status))
      pauseMs = news.length > 0 ? soonMs : laterMs
    }
  }

  return {
    /** Where the next command runs; null: not known. */
    cwd: () => cwd,
    /** Says on what the shell is. */
    open: async (): Promise<void> => {
      const info = recordOf(await call('getTermInfo', null))
      cwd = textOf(info.cwd)
      const system = [info.platform, info.release].map(textOf).filter((part) => part !== null)
      if (system.length > 0) say('note', system.join(' '))
    },
    run: async (command: string): Promise<void> => {
      const answer = recordOf(await call('sendCommand', { command, cwd }))
      if (answer.ok !== true) throw new Error(textOf(answer.error) ?? JSON.stringify(answer))
      await follow()
    },
    stop: async (): Promise<void> => {
      await call('terminateCommand', null)
    },
    close: () => {
      isOver = true
    },
  }
}
