import { useEffect } from 'react'
import type { TestMessage } from './seen-messages.ts'

/**
 * Hands a message from where it was seen to the test of a node's script. It waits until that test is opened; the next one
 * takes its place.
 */
let waiting: { nodeId: string; message: TestMessage } | null = null
const listeners = new Set<() => void>()

/** "Test with this message": open the node's test afterwards, or have it open already. */
export const offerTestMessage = (nodeId: string, message: TestMessage): void => {
  waiting = { nodeId, message }
  for (const listener of listeners) listener()
}

/** The message that waits for the node; it is given once. */
export const takeTestMessage = (nodeId: string): TestMessage | null => {
  if (waiting?.nodeId !== nodeId) return null
  const { message } = waiting
  waiting = null
  return message
}

/** Calls back with every message that is offered for the node, also with one that waits already. */
export const useTestMessage = (nodeId: string, onMessage: (message: TestMessage) => void): void => {
  useEffect(() => {
    const take = () => {
      const message = takeTestMessage(nodeId)
      if (message) onMessage(message)
    }
    take()
    listeners.add(take)
    return () => void listeners.delete(take)
  }, [nodeId, onMessage])
}
