/** Replies that were sent, by number of the slot in which they are kept. */
export type ReplySlots = {
  /** Keeps a copy; an empty reply for a request that wants none. */
  put(reply: Buffer, sinceMs: number): number
  reply(slot: number): Buffer
  sinceMs(slot: number): number
  free(slot: number): void
}

const slotBytes = 64
const slotsInSlab = 1_024

type Slab = { bytes: Buffer; lengths: Uint8Array; sinceMs: Float64Array }

/**
 * Tens of thousands of short replies in a few large buffers. As objects they would outlive the young part of the heap and
 * die in its old part, which under a flood grows by several times what is kept before it is collected.
 */
export const createReplySlots = (): ReplySlots => {
  const slabs: Slab[] = []
  const freed: number[] = []
  /** The few that are too long for a slot. */
  const long = new Map<number, Buffer>()
  let used = 0

  const slabOf = (slot: number): Slab => {
    const index = Math.floor(slot / slotsInSlab)
    const slab = slabs[index] ?? {
      bytes: Buffer.allocUnsafeSlow(slotBytes * slotsInSlab),
      lengths: new Uint8Array(slotsInSlab),
      sinceMs: new Float64Array(slotsInSlab),
    }
    slabs[index] = slab
    return slab
  }

  return {
    put: (reply, sinceMs) => {
      const slot = freed.pop() ?? used++
      const slab = slabOf(slot)
      const at = slot % slotsInSlab
      const isShort = reply.length <= slotBytes
      if (isShort) reply.copy(slab.bytes, at * slotBytes)
      else long.set(slot, Buffer.from(reply))
      slab.lengths[at] = isShort ? reply.length : 0
      slab.sinceMs[at] = sinceMs
      return slot
    },
    reply: (slot) => {
      const { bytes, lengths } = slabOf(slot)
      const at = (slot % slotsInSlab) * slotBytes
      return long.get(slot) ?? Buffer.from(bytes.subarray(at, at + (lengths[slot % slotsInSlab] ?? 0)))
    },
    sinceMs: (slot) => slabOf(slot).sinceMs[slot % slotsInSlab] ?? 0,
    free: (slot) => {
      long.delete(slot)
      freed.push(slot)
    },
  }
}
