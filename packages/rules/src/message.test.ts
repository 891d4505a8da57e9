import { uuidSchema } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { branchOf, newMessageId, withMetadata } from './message.ts'
import { testMessage } from './testing.ts'

describe('messages', () => {
  it('gets ids that are UUIDs and never repeat', () => {
    const ids = Array.from({ length: 70_000 }, newMessageId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of [ids[0], ids[255], ids[65_536]]) expect(uuidSchema.safeParse(id).success).toBe(true)
  })

  it('changes metadata in a copy; null changes nothing', () => {
    const message = testMessage({ metadata: { a: '1' } })
    const changed = withMetadata(message, { a: null, b: '2', c: undefined })
    expect(changed).toEqual({ ...message, metadata: { a: '1', b: '2' } })
    expect(message.metadata).toEqual({ a: '1' })
  })

  it('branches with another id and metadata object', () => {
    const message = testMessage()
    const branch = branchOf(message)
    expect({ ...branch, id: message.id }).toEqual(message)
    expect(branch.id).not.toBe(message.id)
    expect(branch.metadata).not.toBe(message.metadata)
  })
})
