import { waitFor } from '@thingwire/testing'
import { WebSocket } from 'ws'

/** An answer, as loosely as a test wants to look into it. */
export type WsAnswer = {
  cmdId?: number
  subscriptionId?: number
  errorCode?: number
  errorMsg?: string | null
  cmdUpdateType?: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  [member: string]: any
}

export type WsClient = AsyncDisposable & {
  socket: WebSocket
  answers: WsAnswer[]
  opened: Promise<void>
  closed: Promise<{ code: number; reason: string }>
  send(message: unknown): void
  command(...cmds: object[]): void
  /** The next answer to a command that is there or comes; each is given out once. */
  next(cmdId: number): Promise<WsAnswer>
}

/** A client of ThingsBoard's WebSocket API, for tests. */
export const wsClient = (address: string, path = '/api/ws'): WsClient => {
  const socket = new WebSocket(`${address.replace('http', 'ws')}${path}`)
  const answers: WsAnswer[] = []
  const taken = new Set<WsAnswer>()
  const opened = new Promise<void>((resolve) => socket.once('open', () => resolve()))
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  )
  socket.on('error', () => {})
  socket.on('message', (data) => answers.push(JSON.parse(data.toString())))
  const send = (message: unknown) => {
    const text = typeof message === 'string' ? message : JSON.stringify(message)
    void opened.then(() => socket.send(text))
  }
  return {
    socket,
    answers,
    opened,
    closed,
    send,
    command: (...cmds) => send({ cmds }),
    next: (cmdId) =>
      waitFor(
        () => {
          const found = answers.find((one) => !taken.has(one) && (one.cmdId ?? one.subscriptionId) === cmdId)
          if (found) taken.add(found)
          return found
        },
        { what: `an answer to ${cmdId} beside ${JSON.stringify(answers).slice(0, 2_000)}` },
      ),
    [Symbol.asyncDispose]: async () => {
      socket.terminate()
    },
  }
}
