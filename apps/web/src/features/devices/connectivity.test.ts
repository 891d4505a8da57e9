import { describe, expect, it } from 'vitest'
import { toCommands } from './connectivity.ts'

describe('ready commands', () => {
  it('are found as single texts, lists and by system', () => {
    const commands = toCommands({
      http: { http: 'curl a' },
      mqtt: { mqtts: ['curl -o ca.pem', 'mosquitto_pub --cafile ca.pem'], docker: { mqtt: 'docker run' } },
      coap: {},
    })
    expect(commands.map(({ name, variant, lines }) => [name, variant, lines])).toEqual([
      ['http http', '', ['curl a']],
      ['mqtt mqtts', 'mqtts', ['curl -o ca.pem', 'mosquitto_pub --cafile ca.pem']],
      ['mqtt docker', 'docker', ['docker run']],
    ])
  })

  it('leave out what has no text', () => {
    expect(toCommands({ coap: { coap: null } })).toEqual([])
  })
})
