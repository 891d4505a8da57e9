import type { SmsProvider } from '@thingwire/contracts'
import smpp, { type Pdu, type Session } from 'smpp'
import { within } from '../deadline.ts'
import { createKeptConnection } from '../kept-connection.ts'
import { guarded, reasonOf, type SystemDeps } from '../system-client.ts'
import type { SmsSender } from './sms-client.ts'

type Provider = Extract<SmsProvider, { type: 'SMPP' }>

const statusNames = new Map(Object.entries(smpp.errors).map(([name, status]) => [status, name]))

/** A quiet centre may end the connection: it is asked so often whether it is there, ms. */
const enquireMs = 30_000
const closeMs = 1_000

const versionOf = ({ protocolVersion }: Provider): number => (protocolVersion === '3.3' ? 0x33 : 0x34)

/** A message centre over SMPP. One connection, which is bound before anything is sent. */
export const smppSender = (provider: Provider, deps: SystemDeps): SmsSender => {
  const { host, port } = provider

  const bind = (session: Session): Promise<Pdu> =>
    new Promise((resolve) => {
      const fields = {
        system_id: provider.systemId,
        password: provider.password,
        system_type: provider.systemType ?? '',
        interface_version: versionOf(provider),
        address_range: provider.addressRange ?? '',
      }
      if (provider.bindType === 'TRX') session.bind_transceiver(fields, resolve)
      else if (provider.bindType === 'RX') session.bind_receiver(fields, resolve)
      else session.bind_transmitter(fields, resolve)
    })

  const open = async (): Promise<Session> => {
    const session = smpp.connect({ host, port, ...guarded(deps.guard, host), auto_enquire_link_period: enquireMs })
    const ended = new Promise<never>((_, reject) => {
      session.on('error', (error: unknown) => reject(error))
      session.on('close', () => reject(new Error('the centre has ended the connection')))
    })
    ended.catch((error: unknown) => connection.lost(session, reasonOf(where, error)))
    try {
      const connected = new Promise<void>((resolve) => session.once('connect', () => resolve()))
      const bound = connected.then(() => bind(session))
      const answer = await within(Math.min(deps.timeoutMs, 10_000), Promise.race([bound, ended]))
      requireOk(answer)
      // Receipts, and whether this side is there.
      session.on('pdu', (pdu: Pdu) => {
        if (!pdu.isResponse() && pdu.command !== 'unbind') session.send(pdu.response())
      })
      return session
    } catch (error) {
      session.destroy()
      throw error
    }
  }
  const where = `smpp ${host}:${port}`
  const connection = createKeptConnection<Session>({
    open,
    close: async (session) => {
      session.unbind()
      setTimeout(() => session.destroy(), closeMs).unref()
    },
    suspended: (reason) => deps.suspended(reason === null ? null : reasonOf(where, reason)),
  })

  return {
    send: async ({ request: { number, text } }, signal) => {
      const session = await connection.get()
      const answer = await new Promise<Pdu>((resolve, reject) => {
        const gone = () => reject(new Error('the connection has ended before the centre has answered'))
        session.once('close', gone)
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
        const isSent = session.submit_sm(
          {
            service_type: provider.serviceType ?? '',
            source_addr: provider.sourceAddress ?? '',
            source_addr_ton: provider.sourceTon ?? 5,
            source_addr_npi: provider.sourceNpi ?? 0,
            destination_addr: number,
            dest_addr_ton: provider.destinationTon ?? 5,
            dest_addr_npi: provider.destinationNpi ?? 0,
            data_coding: provider.codingScheme ?? 0,
            ...body(text),
          },
          (pdu) => {
            session.off('close', gone)
            resolve(pdu)
          },
        )
        if (!isSent) gone()
      })
      requireOk(answer)
    },
    close: () => connection.close(),
  }
}

/** Beyond this a text stands in a field of its own. */
const mostShort = 160

const body = (text: string) => (text.length > mostShort ? { message_payload: text } : { short_message: text })

const requireOk = ({ command_status: status }: Pdu): void => {
  if (status !== 0) throw new Error(`the centre answers ${statusNames.get(status) ?? `status ${status}`}`)
}
