import type { OutboundKind, OutboundKinds, OutboundPort, Settled } from '@thingwire/rules'

/** What a case may say of other systems. */
export type OutsideGiven = {
  /** What each call is answered, in order; an Error is why it failed. */
  answersOutside?: readonly unknown[]
  /** The server acknowledges messages before nodes call. */
  forcesAck?: boolean
}

/** What a case may expect of them: the calls, and with which settings their clients were opened. */
export type OutsideExpected = {
  sent?: readonly { kind?: OutboundKind; key?: string; request?: Record<string, unknown> }[]
  opened?: readonly unknown[]
}

type SentOutside = { kind: OutboundKind; key: string; request: unknown }

export const recordingOutside = (given: OutsideGiven) => {
  const calls = { sent: [] as SentOutside[], opened: [] as unknown[], closed: 0 }
  const port: OutboundPort = {
    forcesAck: given.forcesAck ?? false,
    mostAnswerKb: 25_000,
    open: (kind, settings) => {
      calls.opened.push(settings)
      return {
        send: async (sendings) =>
          sendings.map(({ key, request }): Settled<OutboundKinds[typeof kind]['answer']> => {
            const at = calls.sent.push({ kind, key, request }) - 1
            const answer: unknown = given.answersOutside?.[at] ?? null
            if (answer instanceof Error) return { ok: false, error: answer.message }
            return { ok: true, value: answer as OutboundKinds[typeof kind]['answer'] }
          }),
        close: async () => void calls.closed++,
      }
    },
  }
  return { port, calls }
}
