import { type MarkupReply, type MarkupStart, markupLimits, markupMessageSchema } from './markup-protocol.ts'

/** Why a document was ended: it stands still, or sends more than can be read. */
export type MarkupStop = 'silent' | 'flood'

export type MarkupConnection = {
  /** Counts a message that the document sent past its port. */
  note: () => void
  /** Tells the document what it may look at now. Throws what cannot be copied. */
  update: (context: Readonly<Record<string, unknown>>) => void
  close: () => void
}

/**
 * Talks with one document of a file.
 * @param begin hands the document the other end of the port, with what it starts with
 * @param settled with the message of what the code threw; null: it has run to its end
 * @param stop the document has to be taken away; the connection is closed by then
 * @param isAwake whether the page runs at its usual pace, so that silence means something
 */
export const connectMarkup = (input: {
  load: () => Promise<MarkupStart>
  begin: (start: MarkupStart, port: MessagePort) => void
  answer: (method: string, args: readonly unknown[]) => Promise<unknown>
  settled: (failure: string | null) => void
  stop: (why: MarkupStop) => void
  isAwake: () => boolean
  every: (ms: number, run: () => void) => () => void
  tooMany: string
}): MarkupConnection => {
  const { port1, port2 } = new MessageChannel()
  let isClosed = false
  let isBegun = false
  let isAnswering = 0
  let messages = 0
  let silentBeats = 0
  let hasAnswered = false
  const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))
  const post = (reply: MarkupReply) => {
    if (!isClosed) port1.postMessage(reply)
  }
  const close = () => {
    isClosed = true
    endBeat()
    port1.close()
  }
  const end = (why: MarkupStop) => {
    if (isClosed) return
    close()
    input.stop(why)
  }
  const note = () => {
    messages += 1
    if (messages > markupLimits.messages) end('flood')
  }
  const endBeat = input.every(markupLimits.beatMs, () => {
    messages = 0
    if (!isBegun || !input.isAwake()) return
    silentBeats += 1
    const most = hasAnswered ? markupLimits.beatsToAnswer : markupLimits.beatsToStart
    if (silentBeats > most) end('silent')
    else post({ type: 'ping' })
  })
  const answer = async (id: number, method: string, args: readonly unknown[]) => {
    if (isAnswering >= markupLimits.openCalls) return post({ type: 'answer', id, ok: false, message: input.tooMany })
    isAnswering += 1
    try {
      // Posting may fail, too: of an answer that cannot be copied.
      post({ type: 'answer', id, ok: true, value: await input.answer(method, args) })
    } catch (cause) {
      post({ type: 'answer', id, ok: false, message: messageOf(cause) })
    } finally {
      isAnswering -= 1
    }
  }
  port1.onmessage = ({ data }) => {
    note()
    const parsed = markupMessageSchema.safeParse(data)
    if (!parsed.success || isClosed) return
    if (parsed.data.type === 'call') void answer(parsed.data.id, parsed.data.method, parsed.data.args)
    else if (parsed.data.type === 'pong') {
      silentBeats = 0
      hasAnswered = true
    } else input.settled(parsed.data.type === 'failed' ? parsed.data.message : null)
  }
  input
    .load()
    .then((start) => {
      if (isClosed) return
      isBegun = true
      input.begin(start, port2)
    })
    .catch((cause: unknown) => {
      if (!isClosed) input.settled(messageOf(cause))
    })
  return {
    update: (context) => {
      if (isBegun) post({ type: 'context', context })
    },
    note,
    close,
  }
}
