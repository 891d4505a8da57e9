import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { pageQuerySchema, queryFlag, queryFlagOr, toPageLink } from './page-query.ts'

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

describe('the order of a page', () => {
  const link = (order: Record<string, string>) =>
    toPageLink(pageQuerySchema.parse({ pageSize: '10', page: '0', ...order }))

  it('is taken in small letters', () => {
    expect(link({ sortProperty: 'name', sortOrder: 'desc' })).toMatchObject({ sortProperty: 'name', sortOrder: 'DESC' })
  })

  it('is refused with the texts that clients know', () => {
    const texts = (order: Record<string, string>) =>
      pageQuerySchema.safeParse({ pageSize: '10', page: '0', ...order }).error?.issues.map(({ message }) => message)
    expect(texts({ sortOrder: 'UP' })).toEqual(["Unsupported sort order 'UP'! Only 'ASC' or 'DESC' types are allowed."])
    expect(texts({ sortProperty: 'name;drop' })).toEqual(['Invalid sort property'])
  })
})
