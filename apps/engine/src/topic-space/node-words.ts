/** What one node tells the others about topic spaces. */
export type NodeWord =
  /** A message for those who are connected and subscribed. */
  | { kind: 'message'; message: Buffer }
  /** Kept sessions have messages in their queues. */
  | { kind: 'wake'; sessionIds: string[] }
  /** A message for one session alone, by a shared subscription. */
  | { kind: 'direct'; sessionId: string; filter: string; message: Buffer }
  /** A session belongs to that connection from now on. */
  | { kind: 'owner'; sessionId: string; connectionId: string }
  /** Subscriptions of kept sessions of the tenant have changed. */
  | { kind: 'changed'; tenantId: string }
  /** Sessions are kept for that device or user. */
  | { kind: 'holder'; holderId: string }

/** One letter a kind, which the scripts in Redis write too. */
const letters = { message: 'M', wake: 'W', direct: 'D', owner: 'O', changed: 'C', holder: 'H' } as const

/** Length of a node's id, which stands in front of its words. */
const nodeIdLength = 36

/** Speaks in the place of a node where somebody else has something to say. */
export const nobody = '-'.repeat(nodeIdLength)

/** A word with its length in front. */
export const frameOf = (kind: keyof typeof letters, ...parts: (string | Buffer)[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
  const head = Buffer.alloc(5)
  head.writeUInt32BE(body.length + 1)
  head.write(letters[kind], 4, 'latin1')
  return Buffer.concat([head, body])
}

/** What is published on the channel: who speaks, and words. */
export const speech = (nodeId: string, frames: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from(nodeId, 'latin1'), ...frames])

/** Null for what is no speech of a node; words of kinds that are not known are passed over. */
export const readSpeech = (bytes: Buffer): { nodeId: string; words: NodeWord[] } | null => {
  if (bytes.length < nodeIdLength) return null
  const words: NodeWord[] = []
  for (let at = nodeIdLength; at < bytes.length; ) {
    if (at + 5 > bytes.length) return null
    const length = bytes.readUInt32BE(at)
    const end = at + 4 + length
    if (length === 0 || end > bytes.length) return null
    const word = wordOf(bytes.toString('latin1', at + 4, at + 5), bytes.subarray(at + 5, end))
    if (word) words.push(word)
    at = end
  }
  return { nodeId: bytes.toString('latin1', 0, nodeIdLength), words }
}

const wordOf = (letter: string, body: Buffer): NodeWord | null => {
  switch (letter) {
    case letters.message:
      return { kind: 'message', message: body }
    case letters.wake:
      return { kind: 'wake', sessionIds: body.toString().split('\n') }
    case letters.direct: {
      const [first, second] = [body.indexOf(10), body.indexOf(10, body.indexOf(10) + 1)]
      if (first < 0 || second < first) return null
      const sessionId = body.toString('utf8', 0, first)
      return {
        kind: 'direct',
        sessionId,
        filter: decodeURIComponent(body.toString('utf8', first + 1, second)),
        message: body.subarray(second + 1),
      }
    }
    case letters.owner: {
      const [sessionId = '', connectionId = ''] = body.toString().split('\n')
      return { kind: 'owner', sessionId, connectionId }
    }
    case letters.changed:
      return { kind: 'changed', tenantId: body.toString() }
    case letters.holder:
      return { kind: 'holder', holderId: body.toString() }
    default:
      return null
  }
}
