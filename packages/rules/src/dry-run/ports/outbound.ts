import type { ChainTest } from '@thingwire/contracts'
import type { OutboundKind, OutboundKinds, OutboundPort, Settled } from '../../ports.ts'
import type { Effect } from '../dry-ports.ts'

type Answers = { [K in OutboundKind]: OutboundKinds[K]['answer'] }

/** What systems answer when a test does not say. */
export const usualAnswers: Answers = {
  http: { status: 200, reason: 'OK', headers: [], body: '' },
  kafka: { topic: '', partition: 0, offset: '0' },
  mqtt: null,
  rabbitmq: null,
  'aws-lambda': { requestId: 'test', payload: '{}', functionError: null },
  'aws-sns': { messageId: 'test', requestId: 'test' },
  'aws-sqs': { messageId: 'test', requestId: 'test' },
  'gcp-pubsub': { messageId: 'test' },
  mail: null,
  sms: null,
  slack: null,
}

/** Headers by which callers prove who they are. */
const secretHeader = /^(proxy-)?authorization$|^cookie$|token|secret|api-?key|password/i

const shown = (request: Record<string, unknown>): Record<string, unknown> => {
  const { headers } = request
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return request
  const masked = Object.entries(headers).map(([name, value]) => [name, secretHeader.test(name) ? '***' : value])
  return { ...request, headers: Object.fromEntries(masked) }
}

/** Calls nobody: what would have been sent is an effect, and nodes get the answers of the test, by their names. */
export const dryOutbound = (given: ChainTest['given'], happened: (effect: Effect) => void): OutboundPort => ({
  forcesAck: false,
  mostAnswerKb: 25_000,
  open: (kind, _settings, { nodeName }) => ({
    send: async (sendings) =>
      sendings.map(({ request }): Settled<OutboundKinds[typeof kind]['answer']> => {
        happened({ kind: 'external', system: kind, node: nodeName, ...shown({ ...request }) })
        const { externalAnswers = {} } = given
        const known = Object.hasOwn(externalAnswers, nodeName) ? externalAnswers[nodeName] : undefined
        if (known && 'error' in known) return { ok: false, error: known.error }
        const usual: OutboundKinds[typeof kind]['answer'] = usualAnswers[kind]
        if (kind !== 'http' || !known) return { ok: true, value: withTopic(usual, request) }
        return { ok: true, value: { ...usual, ...httpAnswer(known) } }
      }),
    close: async () => {},
  }),
})

/** The record of a test without an answer says at least where it went. */
const withTopic = <A>(answer: A, request: object): A =>
  typeof answer === 'object' && answer !== null && 'topic' in answer && 'topic' in request
    ? { ...answer, topic: request.topic }
    : answer

type Given = Exclude<NonNullable<ChainTest['given']['externalAnswers']>[string], { error: string }>

const httpAnswer = ({ data, status = 200, reason = status === 200 ? 'OK' : '', headers = {} }: Given) => ({
  status,
  reason,
  headers: Object.entries(headers).map(([name, value]): [string, string[]] => [name, [value]]),
  body: data,
})
