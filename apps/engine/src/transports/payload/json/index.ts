import { deviceJson } from '@thingwire/contracts'
import { z } from 'zod'
import type { AttributeKeys, PayloadAdaptor, PayloadFormat } from '../payload-format.ts'

const decoder = new TextDecoder('utf-8', { fatal: true })

const keyList = z
  .string()
  .optional()
  .transform((text) =>
    text
      ?.split(',')
      .map((key) => key.trim())
      .filter(Boolean),
  )
const attributesRequestSchema = z.object({ clientKeys: keyList, sharedKeys: keyList })

const strictBytes = (payload: Uint8Array): Uint8Array | null => {
  const read = deviceJson(Buffer.from(payload).toString('utf8'))
  return read && Buffer.from(read.text)
}

/** JSON as ThingsBoard writes it: the platform's own, so that most goes through as it is. */
export const jsonPayload: PayloadAdaptor = {
  type: 'JSON',
  uplink: (_kind, payload) => {
    try {
      return decoder.decode(payload)
    } catch {
      return null
    }
  },
  attributesRequest: (payload): AttributeKeys | null => {
    const read = deviceJson(Buffer.from(payload).toString('utf8'))
    const parsed = read && attributesRequestSchema.safeParse(read.value)
    if (!parsed?.success) return null
    const { clientKeys, sharedKeys } = parsed.data
    return { ...(clientKeys && { clientKeys }), ...(sharedKeys && { sharedKeys }) }
  },
  serverRequest: strictBytes,
  commandAnswer: (payload) => Buffer.from(payload).toString('utf8'),
  // Empty: an offer without a key.
  claim: (payload) => (payload.length === 0 ? payload : strictBytes(payload)),
  attributes: (values) => JSON.stringify(values),
  attributesUpdate: ({ values, deleted }) => JSON.stringify(deleted ? { deleted } : (values ?? {})),
  command: ({ id, method, params }) =>
    `{${id === undefined ? '' : `"id":${id},`}"method":${JSON.stringify(method)},"params":${params}}`,
  serverAnswer: (answer) => answer,
}

export const json: PayloadFormat = { adaptor: () => jsonPayload }
