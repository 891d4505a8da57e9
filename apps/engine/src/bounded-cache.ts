/**
 * Limits a cache to so many entries; for `new LRUCache({ ...upTo(100_000), ttl })`. Not by `max`, which takes the memory
 * for all of them at once: dozens of megabytes in a process whose caches are nearly empty.
 */
export const upTo = (entries: number): { maxSize: number; sizeCalculation: () => number } => ({
  maxSize: entries,
  sizeCalculation: () => 1,
})
