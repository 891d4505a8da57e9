declare module 'smpp' {
  import type { EventEmitter } from 'node:events'
  import type { TcpNetConnectOpts } from 'node:net'

  type Pdu = {
    command: string
    command_status: number
    sequence_number: number
    isResponse(): boolean
    response(options?: Record<string, unknown>): Pdu
    [field: string]: unknown
  }
  type Fields = Record<string, unknown>
  type Answered = (pdu: Pdu) => void

  class Session extends EventEmitter {
    bind_transmitter(fields: Fields, answered: Answered): boolean
    bind_receiver(fields: Fields, answered: Answered): boolean
    bind_transceiver(fields: Fields, answered: Answered): boolean
    submit_sm(fields: Fields, answered: Answered): boolean
    enquire_link(fields: Fields, answered: Answered): boolean
    unbind(answered?: Answered): boolean
    send(pdu: Pdu): boolean
    close(done?: () => void): void
    destroy(done?: () => void): void
  }

  const smpp: {
    connect(options: TcpNetConnectOpts & { auto_enquire_link_period?: number }): Session
    createServer(listener: (session: Session) => void): import('node:net').Server
    errors: Readonly<Record<string, number>>
  }
  export default smpp
  export type { Pdu, Session }
}
