import type { LocalCopies, LocalCopy } from './local-copies.ts'
import type { DraftServer, ServerState } from './model.ts'

/** What the server has, and what this browser kept of edits that did not reach it. */
export type Opened<D> = { server: ServerState<D>; copies: readonly LocalCopy<D>[]; localCopies: LocalCopies<D> }

export const openDraft = async <D>(server: DraftServer<D>, localCopies: LocalCopies<D>): Promise<Opened<D>> => {
  const [state, copies] = await Promise.all([
    server.load(),
    // A browser that keeps nothing has nothing to give back.
    localCopies.readAll().catch(() => []),
  ])
  return { server: state, copies, localCopies }
}
