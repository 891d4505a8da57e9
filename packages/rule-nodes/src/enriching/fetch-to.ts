import type { KvValue, Message } from '@thingwire/contracts'
import { isJsonObject, jsonOfKv, parseExactJson, setMember, textOfKv, withData } from '@thingwire/rules'
import { z } from 'zod'

export type FetchTo = 'DATA' | 'METADATA'

/** Where an enrichment node writes what it found. */
export const fetchToSchema = z.enum(['DATA', 'METADATA']).meta({
  title: 'Add to',
  description:
    'Whether values become members of the data, which then must be a JSON object, or entries of the metadata.',
  words: { DATA: 'The data', METADATA: 'The metadata' },
})

/** Old files say it by a flag. */
export const fetchToOf = (isData: boolean): FetchTo => (isData ? 'DATA' : 'METADATA')

/** A value under its key; null: JSON null in data, nothing in metadata. */
export type Found = { key: string; value: KvValue | null }

/** The data as an object that may be changed. */
export const objectOf = (message: Message): Record<string, unknown> => {
  const data = parseExactJson(message.data)
  if (!isJsonObject(data)) throw new Error('Message body is not an object!')
  return data
}

/** The message with these values; in data they keep their types. */
export const withFound = (message: Message, fetchTo: FetchTo, found: readonly Found[]): Message => {
  if (fetchTo === 'METADATA') {
    const metadata = { ...message.metadata }
    for (const { key, value } of found) if (value !== null) metadata[key] = textOfKv(value)
    return { ...message, metadata }
  }
  const data = objectOf(message)
  for (const { key, value } of found) setMember(data, key, value === null ? null : jsonOfKv(value))
  return withData(message, JSON.stringify(data))
}
