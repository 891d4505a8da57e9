import type { EntityId, Message } from '@thingwire/contracts'

/** A message as people look at it; long texts are cut. */
export type MessageView = {
  id: string
  ts: number
  type: string
  originator: EntityId
  dataType: Message['dataType']
  data: string
  metadata: Record<string, string>
}

export const viewOf = (message: Message, maxChars: number): MessageView => {
  const { id, ts, type, originator, dataType, data, metadata } = message
  return { id, ts, type, originator, dataType, data: cut(data, maxChars), metadata: cutAll(metadata, maxChars) }
}

/** At most `maxChars` of a text, and how much was left out. */
export const cut = (text: string, maxChars: number): string => {
  if (text.length <= maxChars) return text
  const note = `...[${text.length - maxChars} more characters]`
  return text.slice(0, Math.max(0, maxChars - note.length)) + note
}

/** All values together within the limit. */
const cutAll = (metadata: Readonly<Record<string, string>>, maxChars: number): Record<string, string> => {
  let left = maxChars
  const kept: Record<string, string> = {}
  for (const [key, value] of Object.entries(metadata)) {
    if (left <= 0) break
    kept[key] = cut(value, Math.max(0, left - key.length))
    left -= key.length + value.length
  }
  return kept
}
