/**
 * Stable partition of an originator: FNV-1a over the text of its id, so that every process in any language agrees.
 * All messages of one originator land in one partition, which keeps their order.
 */
export const partitionOf = (originatorId: string, partitions: number): number => {
  let hash = 0x811c9dc5
  for (let i = 0; i < originatorId.length; i++) {
    hash ^= originatorId.charCodeAt(i)
    hash = Math.imul(hash, 0x01000193)
  }
  // FNV's low bits are weak for ids that differ in few places: fold the high half in.
  return ((hash ^ (hash >>> 15)) >>> 0) % partitions
}
