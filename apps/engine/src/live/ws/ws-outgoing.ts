/** Where messages go; `ws` sockets fit. */
export type WsSink = {
  /** Bytes that have not left the process. */
  bufferedAmount: number
  send(text: string): void
}

/** A subscription whose changes wait: they merge, so it holds one message at most for each of its things. */
export type WsPending = {
  cmdId: number
  /** Hands over the messages that wait. */
  take(): unknown[]
  /** Gives up points that wait, because the client may not have more. */
  shed(): void
}

export type WsOutgoing = {
  /** An answer of its own, after everything that was answered before. */
  reply(cmdId: number, message: unknown): void
  /** Changes of the subscription wait. */
  changed(subscription: WsPending): void
  forget(subscription: WsPending): void
  /** True when nothing is left to send. */
  flush(): boolean
}

/** While so much has not left the process, a client counts as slow. */
const slowBytes = 256 * 1024
/** Text of answers that may wait for a slow client. */
const maxWaitingChars = 8 * 1024 * 1024
export const defaultQueueLimit = 1_000

/**
 * What goes to one client. Answers keep their order and wait in a queue with an end; live changes wait merged, so a slow
 * client gets fewer and newer ones.
 */
export const createWsOutgoing = (options: {
  sink: WsSink
  /** Most answers that may wait; 0: the default. */
  queueLimit: number
  /** Takes the right to send one message. */
  mayUpdate(): boolean
  /** Something waits to be sent. */
  onPending(): void
  onOverflow(): void
}): WsOutgoing => {
  const { sink } = options
  const queueLimit = options.queueLimit || defaultQueueLimit
  const pending = new Set<WsPending>()
  let queue: { cmdId: number; text: string }[] = []
  let waitingChars = 0
  let isRefused = false

  const isWritable = () => sink.bufferedAmount < slowBytes

  /** Tells once that updates are too many; the next message that may go ends that. */
  const isAllowed = (cmdId: number): boolean => {
    if (options.mayUpdate()) {
      isRefused = false
      return true
    }
    if (!isRefused) sink.send(JSON.stringify({ subscriptionId: cmdId, errorCode: 34, errorMsg: 'Too many updates!' }))
    isRefused = true
    return false
  }

  const flushQueue = (): boolean => {
    let sent = 0
    for (const { text } of queue) {
      if (!isWritable()) break
      sink.send(text)
      waitingChars -= text.length
      sent++
    }
    queue = queue.slice(sent)
    return queue.length === 0
  }

  return {
    reply: (cmdId, message) => {
      if (!isAllowed(cmdId)) return
      const text = JSON.stringify(message)
      if (queue.length === 0 && isWritable()) {
        sink.send(text)
        return
      }
      queue.push({ cmdId, text })
      waitingChars += text.length
      if (queue.length > queueLimit || waitingChars > maxWaitingChars) options.onOverflow()
      else options.onPending()
    },
    changed: (subscription) => {
      if (pending.has(subscription)) return
      pending.add(subscription)
      options.onPending()
    },
    forget: (subscription) => {
      pending.delete(subscription)
    },
    flush: () => {
      if (!flushQueue()) return false
      for (const subscription of pending) {
        if (!isWritable()) return false
        if (!isAllowed(subscription.cmdId)) {
          // Newest values stay and go out when the limit allows it; points of series are what is dropped.
          subscription.shed()
          return false
        }
        pending.delete(subscription)
        for (const message of subscription.take()) sink.send(JSON.stringify(message))
      }
      return true
    },
  }
}
