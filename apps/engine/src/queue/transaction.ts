import type { Redis } from 'ioredis'

/**
 * Sends what `commands` issues on this connection as one transaction, in one packet. For the hot path: the transaction
 * objects of ioredis cost more than twice the CPU of these few commands, and V8 keeps each alive, with the batch in it,
 * until its next full collection. The connection must not send commands again by itself after it was lost.
 * @param commands Issues its commands before it returns, and answers their promises.
 * @returns The replies in order. Rejects when there is not one for each command; nothing is known of them then.
 */
export const inTransaction = async (redis: Redis, commands: () => readonly Promise<unknown>[]): Promise<unknown[]> => {
  const sent: Promise<unknown>[] = []
  let done: ReturnType<Redis['exec']>
  redis.stream.cork()
  try {
    sent.push(redis.multi({ pipeline: false }))
    sent.push(...commands())
    done = redis.exec()
  } catch (error) {
    // A transaction is open on this connection, and whatever is sent next would be part of it.
    redis.disconnect(true)
    throw error
  } finally {
    redis.stream.uncork()
    // What is wrong with one of them is told by the replies to the whole.
    for (const one of sent) one.catch(() => {})
  }
  const replies = (await done) ?? []
  for (const [error] of replies) {
    if (!error) continue
    // The server lost its scripts without the connection knowing: a new connection sends them in full.
    if (error.message.includes('NOSCRIPT')) redis.disconnect(true)
    throw error
  }
  if (replies.length !== sent.length - 1)
    throw new Error(`a transaction of ${sent.length - 1} commands had ${replies.length} replies`)
  return replies.map(([, reply]) => reply)
}
