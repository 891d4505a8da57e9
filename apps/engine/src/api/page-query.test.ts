import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { queryFlag, queryFlagOr } from './page-query.ts'

const query = z.object({ active: queryFlag, all: queryFlag.optional(), samples: queryFlag.default(true) })
const read = (given: Record<string, unknown>) => query.parse(given)

describe('flags in a query', () => {
  it('are read as clients in every language write them', () => {
    for (const word of ['true', 'True', 'TRUE', '1', 'on', 'yes']) expect(read({ active: word }).active).toBe(true)
    for (const word of ['false', 'False', 'FALSE', '0', 'off', 'no']) expect(read({ active: word }).active).toBe(false)
  })

  it('keep what a route takes for a flag that is not sent', () => {
    expect(read({ active: 'false' })).toEqual({ active: false, samples: true })
  })

  it('refuse other words, lists and absence', () => {
    for (const given of ['maybe', '', '2', 'constructor', ['true', 'false'], undefined])
      expect(query.safeParse({ active: given }).success).toBe(false)
    expect(queryFlagOr('Say which').safeParse(undefined).error?.issues).toMatchObject([{ message: 'Say which' }])
  })

  it('are described as true or false, and as required where they are', () => {
    expect(z.toJSONSchema(query, { io: 'input' })).toMatchObject({
      properties: { active: { type: 'string', enum: ['true', 'false'] } },
      required: ['active'],
    })
  })
})
