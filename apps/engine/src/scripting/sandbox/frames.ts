import { z } from 'zod'

/**
 * What goes through the pipes between the engine and a script process: 4 bytes with the length of what follows, 4 bytes
 * with the number of the call, 1 byte with the kind, and text.
 */
export const frameKinds = {
  /** To the process: an order as JSON, a line feed, the batch (script-wire.ts of the rules package). */
  run: 1,
  /** To the process: scripts as JSON, to be looked at only. */
  check: 2,
  /** From the process: answers, in the order of the messages. */
  answers: 3,
  /** The same; with these every message has one, and the call is over. */
  lastAnswers: 7,
  /** From the process: the script took time or memory that was not its own. */
  strike: 4,
  /** From the process: the call is over. The text is the error of all messages without an answer; for a check: what is wrong with each, or null, as JSON. */
  end: 5,
  /** From the process, once: it has started. */
  ready: 8,
  /** From the process: a thread of it is lost to a script that cannot be interrupted. Give it nothing more, and end it. */
  spoilt: 9,
  /** From the process: send the order again, with the script. */
  needsSource: 6,
} as const
export type FrameKind = (typeof frameKinds)[keyof typeof frameKinds]

export type Frame = { kind: number; call: number; text: string }

const headBytes = 9
const maxFrameBytes = 512 * 1024 * 1024

export const encodeFrame = (kind: FrameKind, call: number, text: string): Buffer => {
  const bytes = Buffer.byteLength(text)
  const frame = Buffer.allocUnsafe(headBytes + bytes)
  frame.writeUInt32LE(headBytes - 4 + bytes, 0)
  frame.writeUInt32LE(call, 4)
  frame.writeUInt8(kind, 8)
  frame.write(text, headBytes)
  return frame
}

/** Cuts a stream into frames. Throws when it is no stream of frames. */
export const createFrameReader = (onFrame: (frame: Frame) => void): ((chunk: Buffer) => void) => {
  let parts: Buffer[] = []
  let have = 0
  let need = headBytes
  return (chunk) => {
    parts.push(chunk)
    have += chunk.length
    if (have < need) return
    let rest = parts.length === 1 ? chunk : Buffer.concat(parts)
    for (;;) {
      need = rest.length < headBytes ? headBytes : rest.readUInt32LE(0) + 4
      if (need < headBytes || need > maxFrameBytes) throw new Error('The stream holds no frame')
      if (rest.length < need) break
      onFrame({ kind: rest.readUInt8(8), call: rest.readUInt32LE(4), text: rest.toString('utf8', headBytes, need) })
      rest = rest.subarray(need)
    }
    parts = [rest]
    have = rest.length
  }
}

export const scriptSourceSchema = z.object({
  language: z.enum(['JS', 'TBEL']),
  kind: z.enum(['update', 'generate', 'filter', 'switch', 'json', 'string']),
  argNames: z.array(z.string()),
  body: z.string(),
  libraries: z.array(z.object({ name: z.string(), body: z.string() })).optional(),
})

export const orderSchema = z.object({
  /** Names the tenant and the script: nobody else runs in its isolate. */
  key: z.string(),
  timeoutMs: z.number(),
  memoryMb: z.number(),
  messages: z.number(),
  source: scriptSourceSchema.nullable(),
})
export type Order = z.infer<typeof orderSchema>

/** A batch takes no longer than this many times the time of one message, whoever is to blame. */
export const longestTimeouts = 5
