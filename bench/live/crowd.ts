/** Sockets on `/api/ws` that count what they are told. */
export type Crowd = {
  /** Opens sockets, a few at a time; resolves when each has the first answer to each of its commands. */
  open(
    count: number,
    server: { url: string; token: string; signal: AbortSignal },
    commandsOf: (index: number) => object[],
  ): Promise<void>
  /** Calls the handler with every value that arrives after the first answers, and its time, epoch ms. */
  onUpdate(handler: (ts: number, value: number) => void): void
  close(): void
}

type Answer = {
  cmdId?: number
  subscriptionId?: number
  errorCode: number
  errorMsg: string | null
  update?: { latest: { TIME_SERIES?: { load?: { ts: number; value: string } } } | null }[] | null
  data?: { load?: [ts: number, value: string][] } | null
}

const openingAtOnce = 20
/** Frames of clients may be 32,768 bytes. */
const commandsAtOnce = 40

export const openCrowd = (): Crowd => {
  const sockets: WebSocket[] = []
  let handler: (ts: number, value: number) => void = () => {}

  const openOne = ({ url, token }: { url: string; token: string }, commands: object[]) =>
    new Promise<void>((resolve, reject) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/api/ws?token=${token}`)
      sockets.push(socket)
      const unanswered = new Set(commands.map((command) => Number(Reflect.get(command, 'cmdId'))))
      socket.addEventListener('open', () => {
        for (let from = 0; from < commands.length; from += commandsAtOnce)
          socket.send(JSON.stringify({ cmds: commands.slice(from, from + commandsAtOnce) }))
      })
      socket.addEventListener('close', ({ code, reason }) => reject(new Error(`closed ${code} ${reason}`)))
      socket.addEventListener('error', () => reject(new Error('the socket failed')))
      socket.addEventListener('message', ({ data }) => {
        const answer: Answer = JSON.parse(String(data))
        if (answer.errorCode !== 0) return reject(new Error(`${answer.errorCode} ${answer.errorMsg}`))
        if (unanswered.delete(answer.cmdId ?? answer.subscriptionId ?? -1)) {
          if (unanswered.size === 0) resolve()
          return
        }
        for (const [ts, value] of answer.data?.load ?? []) handler(ts, Number(value))
        for (const { latest } of answer.update ?? []) {
          const load = latest?.TIME_SERIES?.load
          if (load) handler(load.ts, Number(load.value))
        }
      })
    })

  return {
    open: async (count, server, commandsOf) => {
      let next = 0
      const opener = async () => {
        while (next < count) {
          server.signal.throwIfAborted()
          await openOne(server, commandsOf(next++))
        }
      }
      await Promise.all(Array.from({ length: openingAtOnce }, opener))
    },
    onUpdate: (next) => {
      handler = next
    },
    close: () => {
      for (const socket of sockets) socket.close()
    },
  }
}
