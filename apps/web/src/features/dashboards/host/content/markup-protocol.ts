import { z } from 'zod'

/** What a document of a file says to the page. It is foreign: anything else is dropped. */
export const markupMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('call'),
    id: z.number(),
    method: z.string().max(60),
    args: z.array(z.unknown()).max(8),
  }),
  z.object({ type: z.literal('failed'), message: z.string().transform((text) => text.slice(0, 1_000)) }),
  /** The code has run to its end; what it began may still go on. */
  z.object({ type: z.literal('finished') }),
  z.object({ type: z.literal('pong') }),
])

/** What the page says to the document. */
export type MarkupReply =
  | { type: 'answer'; id: number; ok: true; value: unknown }
  | { type: 'answer'; id: number; ok: false; message: string }
  | { type: 'context'; context: Readonly<Record<string, unknown>> }
  /** Asks whether it still runs. */
  | { type: 'ping' }

/** What a document starts with. */
export type MarkupStart = {
  code: string
  argumentNames: readonly string[]
  modules: Readonly<Record<string, string>>
  context: Readonly<Record<string, unknown>>
}

export const markupLimits = {
  /** Calls of one document that wait for an answer; what comes beyond is refused. */
  openCalls: 50,
  /** Messages within one beat. A document that sends more is ended: reading them would keep the page busy. */
  messages: 2_000,
  beatMs: 1_000,
  /** Beats that a document may leave unanswered: while it loads, and then. */
  beatsToStart: 12,
  beatsToAnswer: 8,
} as const
