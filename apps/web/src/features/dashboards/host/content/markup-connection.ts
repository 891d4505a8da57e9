import { type MarkupReply, type MarkupStart, markupMessageSchema, mostOpenCalls } from './markup-protocol.ts'

export type MarkupConnection = {
  /** Tells the document what it may look at now. Throws what cannot be copied. */
  update: (context: Readonly<Record<string, unknown>>) => void
  close: () => void
}

/**
 * Talks with one document of a file.
 * @param begin hands the document the other end of the port, with what it starts with
 * @param settled with the message of what the code threw; null: it has run to its end
 */
export const connectMarkup = (input: {
  load: () => Promise<MarkupStart>
  begin: (start: MarkupStart, port: MessagePort) => void
  answer: (method: string, args: readonly unknown[]) => Promise<unknown>
  settled: (failure: string | null) => void
  tooMany: string
}): MarkupConnection => {
  const { port1, port2 } = new MessageChannel()
  let isClosed = false
  let isBegun = false
  let isAnswering = 0
  const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))
  const post = (reply: MarkupReply) => {
    if (!isClosed) port1.postMessage(reply)
  }
  const answer = async (id: number, method: string, args: readonly unknown[]) => {
    if (isAnswering >= mostOpenCalls) return post({ type: 'answer', id, ok: false, message: input.tooMany })
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
    const parsed = markupMessageSchema.safeParse(data)
    if (!parsed.success || isClosed) return
    if (parsed.data.type === 'call') void answer(parsed.data.id, parsed.data.method, parsed.data.args)
    else input.settled(parsed.data.type === 'failed' ? parsed.data.message : null)
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
    close: () => {
      isClosed = true
      port1.close()
    },
  }
}
