import type { AddressInfo, Server } from 'node:net'
import type { SmsProvider } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import smpp, { type Pdu, type Session } from 'smpp'
import { describe, expect, test } from 'vitest'
import { startHttpWorld } from '../../testing/http-world.ts'
import { openClient } from '../../testing/outbound-calls.ts'
import { testOutbound } from '../../testing/test-outbound.ts'
import { createOutboundGuard } from '../address-guard/outbound-guard.ts'

const request = { number: '+491234', text: 'It is 30 °C & hot' }
const twilio = { type: 'TWILIO', accountSid: 'AC1', accountToken: 'twilio-token', numberFrom: '+4999' } as const

describe('Twilio', () => {
  test('gets the message as a form, with account and token', async () => {
    await using server = await startHttpWorld((_, response) => response.writeHead(201).end('{"sid":"SM1"}'))
    const client = openClient(testOutbound({ addressOf: () => server.url }), 'sms', { provider: twilio })
    expect(await client.ask(request)).toBe(null)
    expect(server.seen).toMatchObject([
      {
        method: 'POST',
        url: '/2010-04-01/Accounts/AC1/Messages.json',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          authorization: `Basic ${Buffer.from('AC1:twilio-token').toString('base64')}`,
        },
      },
    ])
    expect([...new URLSearchParams(server.seen[0]?.body)]).toEqual([
      ['To', '+491234'],
      ['From', '+4999'],
      ['Body', 'It is 30 °C & hot'],
    ])
    await client.close()
  })

  test('gets the id of a messaging service as such', async () => {
    await using server = await startHttpWorld((_, response) => response.writeHead(201).end('{}'))
    const provider = { ...twilio, numberFrom: 'MG123' }
    const client = openClient(testOutbound({ addressOf: () => server.url }), 'sms', { provider })
    await client.ask(request)
    expect(new URLSearchParams(server.seen[0]?.body).get('MessagingServiceSid')).toBe('MG123')
    await client.close()
  })

  test('is told with its own words when it refuses', async () => {
    const refusal = JSON.stringify({ code: 21_211, message: "The 'To' number +491234 is not a valid phone number." })
    await using server = await startHttpWorld((_, response) => response.writeHead(400).end(refusal))
    const client = openClient(testOutbound({ addressOf: () => server.url }), 'sms', { provider: twilio })
    expect(await client.ask(request)).toBe("twilio: 400 The 'To' number +491234 is not a valid phone number.")
    await client.close()
  })
})

describe('the provider of the platform', () => {
  test('is read with every message, so that a change counts at once', async () => {
    await using server = await startHttpWorld((_, response) => response.writeHead(201).end('{}'))
    let stored: unknown
    const settings = async (key: string) => (key === 'sms' ? stored : undefined)
    const client = openClient(testOutbound({ addressOf: () => server.url, settings }), 'sms', { provider: null })
    expect(await client.ask(request)).toBe('SMS provider of the platform: no SMS provider is set up for the platform')
    stored = { type: 'TWILIO', accountSid: 'AC1' }
    expect(await client.ask(request)).toBe(
      'SMS provider of the platform: the SMS settings of the platform are not complete',
    )
    stored = twilio
    expect(await client.ask(request)).toBe(null)
    stored = { ...twilio, accountSid: 'AC2' }
    expect(await client.ask(request)).toBe(null)
    expect(server.seen.map(({ url }) => url)).toEqual([
      '/2010-04-01/Accounts/AC1/Messages.json',
      '/2010-04-01/Accounts/AC2/Messages.json',
    ])
    await client.close()
  })
})

describe('a message centre with SMPP', () => {
  const provider = (port: number, change: Partial<Extract<SmsProvider, { type: 'SMPP' }>> = {}): SmsProvider => ({
    type: 'SMPP',
    protocolVersion: '3.4',
    host: '127.0.0.1',
    port,
    systemId: 'plant',
    password: 'pw',
    systemType: null,
    bindType: 'TX',
    serviceType: null,
    sourceAddress: 'Plant',
    sourceTon: 5,
    sourceNpi: 0,
    destinationTon: 1,
    destinationNpi: 1,
    addressRange: null,
    codingScheme: 3,
    ...change,
  })

  test('is bound once and gets every message with its numbering', async () => {
    await using centre = await startCentre()
    const client = openClient(testOutbound(), 'sms', { provider: provider(centre.port) })
    expect(await client.ask(request)).toBe(null)
    expect(await client.ask({ ...request, text: 'x'.repeat(300) })).toBe(null)
    expect(centre.seen.map(({ command }) => command)).toEqual(['bind_transmitter', 'submit_sm', 'submit_sm'])
    expect(centre.seen[0]).toMatchObject({ system_id: 'plant', password: 'pw', interface_version: 0x34 })
    expect(centre.seen[1]).toMatchObject({
      source_addr: 'Plant',
      source_addr_ton: 5,
      destination_addr: '+491234',
      dest_addr_ton: 1,
      dest_addr_npi: 1,
      data_coding: 3,
      short_message: { message: 'It is 30 °C & hot' },
    })
    expect(centre.seen[2]).toMatchObject({ message_payload: { message: 'x'.repeat(300) } })
    await client.close()
    await waitFor(() => centre.seen.at(-1)?.command === 'unbind', { what: 'the farewell' })
  })

  test('that refuses the sign-in suspends the node, with its reason and no password', async () => {
    await using centre = await startCentre()
    const client = openClient(testOutbound(), 'sms', {
      provider: provider(centre.port, { password: 'wrong-pw', bindType: 'TRX' }),
    })
    const reason = `smpp 127.0.0.1:${centre.port}: the centre answers ESME_RINVPASWD`
    expect(await client.ask(request)).toBe(reason)
    expect(client.reasons).toEqual([reason])
    await client.close()
  })

  test('that refuses a message fails that message', async () => {
    await using centre = await startCentre()
    const client = openClient(testOutbound(), 'sms', { provider: provider(centre.port) })
    expect(await client.ask({ ...request, number: 'nobody' })).toBe(
      `smpp 127.0.0.1:${centre.port}: the centre answers ESME_RINVDSTADR`,
    )
    expect(await client.ask(request)).toBe(null)
    await client.close()
  })

  test('is not even tried when it stands where it may not', async () => {
    await using centre = await startCentre()
    const outbound = testOutbound({ guard: createOutboundGuard([]) })
    const client = openClient(outbound, 'sms', { provider: provider(centre.port) })
    expect(await client.ask(request)).toContain('may not connect to')
    expect(centre.seen).toEqual([])
    await client.close()
  })

  test('that is away fails messages with that', async () => {
    const client = openClient(testOutbound(), 'sms', { provider: provider(1) })
    expect(await client.ask(request)).toBe('smpp 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1')
    await client.close()
  })
})

const startCentre = async () => {
  const seen: Pdu[] = []
  const sessions: Session[] = []
  const answer = (session: Session, pdu: Pdu, status = 'ESME_ROK') =>
    session.send(pdu.response({ command_status: smpp.errors[status], message_id: '1' }))
  const server: Server = smpp.createServer((session) => {
    sessions.push(session)
    session.on('error', () => {})
    session.on('pdu', (pdu: Pdu) => {
      seen.push(pdu)
      if (pdu.command.startsWith('bind')) answer(session, pdu, pdu.password === 'pw' ? 'ESME_ROK' : 'ESME_RINVPASWD')
      if (pdu.command === 'submit_sm')
        answer(session, pdu, pdu.destination_addr === 'nobody' ? 'ESME_RINVDSTADR' : 'ESME_ROK')
      if (pdu.command === 'unbind') answer(session, pdu)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    [Symbol.asyncDispose]: async () => {
      for (const session of sessions) session.destroy()
      server.close()
    },
  }
}
