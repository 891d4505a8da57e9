import { describe, expect, test } from 'vitest'
import { randomFrom } from '../fuzz.ts'
import { connectDraft, packetDraft, written } from './grammar.ts'
import { MqttOracle, type Outcome, type ServerRules } from './oracle.ts'
import { readServerPacket } from './server-packets.ts'

const rules: ServerRules = {
  maxRemainingLength: 65_536,
  topicAliasMaximum: 2,
  hasIdentifiers: true,
  connect: () => [0],
  publish: () => ({ codes: [0] }),
  subscribe: (_filter, qos) => [qos],
  unsubscribe: () => [0],
}

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

const connected = (level: 4 | 5): MqttOracle => {
  const oracle = new MqttOracle(rules)
  const verdict = oracle.judge(
    hex(level === 5 ? '100e 00044d515454 05 02 0000 00 0001 61' : '100d 00044d515454 04 02 0000 0001 61'),
  )
  if (verdict.kind !== 'packet') throw new Error('CONNECT is not complete')
  verdict.outcomes[0]?.happened?.()
  return oracle
}

const spoken = ({ answers, isOver }: Outcome): string =>
  [
    ...answers.map(({ name, codes }) => [name, ...(codes ?? []).flat().map((code) => code.toString(16))].join(' ')),
    isOver ? 'end' : 'open',
  ].join(', ')

const due = (oracle: MqttOracle, text: string): string => {
  const verdict = oracle.judge(hex(text))
  return verdict.kind === 'incomplete' ? `${verdict.missing} more` : verdict.outcomes.map(spoken).join(' or ')
}

describe('what is due to a packet', () => {
  test.each([
    ['30', '1 more', '1 more'],
    ['3005 00', '4 more', '4 more'],
    ['c000', 'PINGRESP, open', 'PINGRESP, open'],
    ['c100', 'end', 'DISCONNECT 81, end'],
    ['c08000', 'end', 'DISCONNECT 81, end'],
    ['30ffffff7f', 'end', 'DISCONNECT 95, end'],
    ['1000', 'end', 'DISCONNECT 81 82, end'],
    ['62020001', 'PUBCOMP 0, open', 'PUBCOMP 92, open'],
    ['50020001', 'PUBREL 0, open', 'PUBREL 92, open'],
    ['40020000', 'end', 'DISCONNECT 81 82, end'],
    ['e000', 'end', 'end'],
  ])('%s: in 3.1.1 %s, in 5 %s', (text, earlier, told) => {
    expect(due(connected(4), text)).toBe(earlier)
    expect(due(connected(5), text)).toBe(told)
  })

  test.each([
    ['3007 0001 61 03 230000', 'DISCONNECT 82 94, end'],
    ['3006 0000 03 230001', 'DISCONNECT 82 94, end'],
    ['3007 0001 61 03 230003', 'DISCONNECT 82 94, end'],
    ['300a 0001 61 06 0101 230001 0101', 'DISCONNECT 81 82, end'],
    ['3008 0001 61 04 0101 0101', 'DISCONNECT 82, end'],
    ['340e 0001 61 0007 08 0200000000 0b0b 0b', 'DISCONNECT 81 82, end'],
    ['3209 0001 61 0007 00 7b7d 00', 'PUBACK 0, open'],
    ['8208 0001 00 0002 6161 02', 'SUBACK 2, open'],
    ['8207 0001 00 0001 61 03', 'DISCONNECT 81 82, end'],
    ['e001 8b', 'DISCONNECT 81 82, end'],
  ])('%s of version 5: %s', (text, told) => {
    expect(due(connected(5), text)).toBe(told)
  })

  test.each(['c080', 'e08080', 'eda080', 'f4908080', 'c3', '80', '0061'])('%s is no text', (text) => {
    const length = (text.length / 2).toString(16).padStart(2, '0')
    const body = `00${length}${text}`
    expect(due(connected(4), `30${(body.length / 2).toString(16).padStart(2, '0')}${body}`)).toBe('end')
  })

  test('before a CONNECT there is nothing but CONNECT', () => {
    expect(due(new MqttOracle(rules), 'c000')).toBe('end')
    expect(due(new MqttOracle(rules), '100e 00044d515454 06 02 0000 00 0001 61')).toBe('CONNACK 1 84, end')
    expect(due(new MqttOracle(rules), '100e 00044d515454 05 03 0000 00 0001 61')).toBe('CONNACK 81, end')
  })
})

test('what the grammar writes is whole, and nearly all of it in order', () => {
  const random = randomFrom(1)
  let refused = 0
  for (let n = 0; n < 2_000; n++) {
    const oracle = n % 2 === 0 ? connected(5) : new MqttOracle(rules)
    const draft = n % 2 === 0 ? packetDraft(5, random) : connectDraft(5, random, { userName: 'token' })
    const verdict = oracle.judge(written(draft))
    expect(verdict.kind).toBe('packet')
    if (verdict.kind === 'packet' && verdict.isRefused) refused++
  }
  expect(refused).toBeGreaterThan(0)
  expect(refused).toBeLessThan(500)
})

test.each([
  [5, '4003000101', 'a code of no table'],
  [5, 'e00700051100000001', 'a session expiry'],
  [4, '20020200', 'reserved flags'],
  [4, 'e000', 'a DISCONNECT before version 5'],
  [5, '3803000161', 'DUP with QoS 0'],
  [5, '9003000101', 'properties that are not there'],
] as const)('version %i: a server may not send %s: %s', (level, text, _what) => {
  expect(() => readServerPacket(level, hex(text))).toThrow('The server may not send this')
})
