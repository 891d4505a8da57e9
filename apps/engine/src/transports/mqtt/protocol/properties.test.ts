import { describe, expect, test } from 'vitest'
import { passedOn } from './properties.ts'

describe('properties of a message that is passed on', () => {
  test('keep their order, without those that are the server’s to say', () => {
    const pair = (name: string, value: string) =>
      Buffer.concat([
        Buffer.from([0x26, 0, name.length]),
        Buffer.from(name),
        Buffer.from([0, value.length]),
        Buffer.from(value),
      ])
    const format = Buffer.from([0x01, 1])
    const type = Buffer.from([0x03, 0, 1, 0x61])
    const alias = Buffer.from([0x23, 0, 5])
    const expiry = Buffer.from([0x02, 0, 0, 0, 9])
    const delay = Buffer.from([0x18, 0, 0, 0, 9])
    const identifier = Buffer.from([0x0b, 0x80, 1])
    const block = Buffer.concat([
      pair('b', '1'),
      alias,
      format,
      expiry,
      pair('a', '2'),
      delay,
      identifier,
      type,
      pair('b', '3'),
    ])
    expect(passedOn(block)).toEqual(Buffer.concat([pair('b', '1'), format, pair('a', '2'), type, pair('b', '3')]))
  })

  test('are a copy', () => {
    const block = Buffer.from([0x01, 1])
    const kept = passedOn(block)
    block.fill(0)
    expect(kept).toEqual(Buffer.from([0x01, 1]))
    expect(passedOn(Buffer.alloc(0))).toHaveLength(0)
  })
})
