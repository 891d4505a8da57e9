import { expect, test } from 'vitest'
import { randomFrom } from '../fuzz.ts'
import { type CoapParts, readCoap, writeCoap } from './message.ts'
import { judgeCoap } from './oracle.ts'

const due = (text: string): string => {
  const verdict = judgeCoap(Buffer.from(text.replaceAll(' ', ''), 'hex'), () => ['2.05'])
  return verdict.kind === 'response' ? verdict.codes.join(' or ') : verdict.kind
}

test.each([
  ['', 'silence'],
  ['400100', 'silence'],
  ['80010001', 'silence'],
  ['40000001', 'reset'],
  ['50000001', 'silence'],
  ['40000001 00', 'reset'],
  ['49010001 010203040506070809', 'reset'],
  ['59010001 010203040506070809', 'silence'],
  ['44010001 0102', 'reset'],
  ['40010001 ff', 'reset'],
  ['40010001 f0', 'reset'],
  ['40010001 b5 6162', 'reset'],
  ['40450001', 'reset'],
  ['40e10001', 'reset'],
  ['60450001', 'silence'],
  ['40010001 b161', '2.05'],
  ['40010001 10', '4.02'],
  ['50010001 10', 'silence'],
  ['40010001 20', '2.05'],
  ['40010001 c132 01 32', '2.05'],
  ['40010001 d10a 32 01 32', '4.02'],
  ['40010001 d204 3200 02 3200', '4.02'],
  ['40010001 d10a 07', '4.00'],
  ['40090001', '4.05'],
  ['40010001 d116 61', '5.05'],
])('%s is due %s', (text, expected) => {
  expect(due(text)).toBe(expected)
})

test('what is written is read again', () => {
  const random = randomFrom(1)
  for (let n = 0; n < 500; n++) {
    const parts: CoapParts = {
      type: 'CON',
      code: 1 + random(4),
      messageId: random(65_536),
      token: Buffer.alloc(random(9), random(256)),
      options: [3, 11, 11, 300, 2_000]
        .slice(random(5))
        .map((number) => ({ number, value: Buffer.alloc(random(400), random(256)) })),
      payload: Buffer.alloc(random(3), 0x61),
    }
    expect(readCoap(writeCoap(parts))).toEqual({ kind: 'message', parts })
  }
})
