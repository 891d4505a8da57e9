import type { Socket } from 'node:net'

/** `length`: how many bytes were for us alone; what follows them is for the next reader. */
export type Start = { kind: 'incomplete' } | { kind: 'malformed' } | { kind: 'whole'; length: number }

/**
 * Reads the start of a connection until `read` has enough of it. A malformed one is cut; so is one that is silent, by the
 * gate.
 */
export const awaitStart = <T extends Start>(
  socket: Socket,
  read: (bytes: Buffer) => T,
  onStart: (start: Extract<T, { kind: 'whole' }>) => void,
): void => {
  let begun: Buffer = Buffer.alloc(0)
  const look = () => {
    const chunk: Buffer | null = socket.read()
    if (chunk === null) return
    begun = begun.length === 0 ? chunk : Buffer.concat([begun, chunk])
    const start = read(begun)
    if (start.kind === 'incomplete') return
    socket.off('readable', look)
    if (!isWhole(start)) return void socket.destroy()
    if (begun.length > start.length) socket.unshift(begun.subarray(start.length))
    onStart(start)
  }
  socket.on('readable', look)
}

const isWhole = <T extends Start>(start: T): start is Extract<T, { kind: 'whole' }> => start.kind === 'whole'
