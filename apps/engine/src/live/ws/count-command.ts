import type { WsEntityCount } from '@thingwire/contracts'
import type { Figures } from '../queries/figures.ts'
import { noErrors, plainError, wsErrors } from './answers.ts'
import type { CommandDeps } from './commands.ts'
import type { WsPending } from './ws-outgoing.ts'
import type { WsSession, WsSubscription } from './ws-session.ts'

/** ENTITY_COUNT: a number, and again when it is another one. */
export const entityCount = (
  session: WsSession,
  { cmdId, query }: WsEntityCount,
  deps: Pick<CommandDeps, 'queries'>,
) => {
  if (!query) return session.reply(cmdId, plainError(cmdId, wsErrors.badRequest, 'Query is empty!'))
  followFigure(session, deps, cmdId, { kind: 'entities', query }, (count) => ({
    cmdUpdateType: 'COUNT_DATA',
    count,
  }))
}

/** Answers a number at once and whenever it changes. A command whose id is in use already is passed over. */
export const followFigure = (
  session: WsSession,
  { queries }: Pick<CommandDeps, 'queries'>,
  cmdId: number,
  question: Parameters<Figures['open']>[1],
  show: (value: number) => object,
  /** Looks whether the client may ask; answers the refusal. */
  check: () => Promise<unknown> = async () => null,
) => {
  if (session.find('query', cmdId)) return
  let release: (() => void) | null = null
  let told: unknown = null
  let waiting: number | null = null

  const messageOf = (value: number) => ({ cmdId, ...noErrors, ...show(value) })
  const take = (): unknown[] => {
    const message = waiting === null ? null : messageOf(waiting)
    waiting = null
    // What is shown may be coarser than the number.
    if (!message || JSON.stringify(message) === told) return []
    told = JSON.stringify(message)
    return [message]
  }
  const subscription: WsSubscription & WsPending = {
    cmdId,
    take,
    shed: () => {},
    close: () => {
      session.forget(subscription)
      release?.()
    },
  }
  const isCurrent = () => session.isCurrent('query', cmdId, subscription)

  if (!session.add('query', cmdId, subscription)) return
  session.run(async () => {
    if (!isCurrent()) return
    const refusal = await check()
    if (!isCurrent()) return
    if (refusal) {
      session.remove('query', cmdId)
      return session.reply(cmdId, refusal)
    }
    const handle = await queries.figures.open(session.caller, question, (value) => {
      waiting = value
      if (told !== null) session.changed(subscription)
    })
    release = handle.release
    if (!isCurrent()) return handle.release()
    waiting ??= handle.value
    for (const message of take()) session.reply(cmdId, message)
  })
}
