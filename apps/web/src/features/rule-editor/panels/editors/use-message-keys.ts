import { useMemo } from 'react'
import { isValues } from '../../../../components/schema-form/values.ts'
import { readJsonText } from '../../scripts/seen-messages.ts'
import { useSeenMessages } from '../../scripts/use-script-scope.ts'
import type { MessageKeys } from './use-suggestions.ts'

/** What every message of a device carries. */
const usualMetadata = ['deviceName', 'deviceType', 'ts']

/** Keys of the messages that were seen at a node; before any was, those that devices send. */
export const useMessageKeys = (nodeId: string): MessageKeys => {
  const { messages, keys } = useSeenMessages(nodeId)
  return useMemo(() => {
    const seen = messages.flatMap(({ data }) => {
      const value = readJsonText(data)
      return isValues(value) ? Object.keys(value) : []
    })
    const metadata = messages.flatMap((message) => Object.keys(message.metadata))
    return {
      data: [...new Set(messages.length > 0 ? seen : (keys ?? []))],
      metadata: [...new Set([...metadata, ...usualMetadata])],
    }
  }, [messages, keys])
}
