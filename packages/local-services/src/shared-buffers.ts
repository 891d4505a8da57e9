const megabyte = 1_048_576

/**
 * How much of the machine's memory PostgreSQL keeps pages of its tables in. Points of one device lie on as many pages as they came at
 * moments, and a page from the system's cache takes five times as long as one from here; what is never read takes nothing.
 * @param memoryBytes of the machine, or what its container may use
 */
export const sharedBuffers = (memoryBytes: number): string =>
  `${Math.round(Math.min(1_024, Math.max(128, memoryBytes / 8 / megabyte)))}MB`
