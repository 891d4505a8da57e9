import type { Principal } from '@thingwire/db'
import type { Change } from '../change.ts'
import type { FeedMember } from '../feed.ts'
import type { QueryRequest } from '../feed-source.ts'
import type { AlarmPageState } from './alarm-pages.ts'
import type { EntityChange } from './entity-page.ts'
import { withKeys } from './entity-pages.ts'
import type { LiveQueries } from './live-queries.ts'

export type QueryFeeds = {
  /** The present answer; from then on the member gets every change, until `release`. */
  open(caller: Principal, request: QueryRequest, member: FeedMember): Promise<{ state: Change; release(): void }>
}

/** Live answers to questions about many entities, in the words of our own protocol. */
export const createQueryFeeds = ({ pages, alarms }: Pick<LiveQueries, 'pages' | 'alarms'>): QueryFeeds => ({
  open: (caller, request, member) =>
    request.kind === 'entity-data'
      ? openEntities(pages, caller, request, member)
      : openAlarms(alarms, caller, request, member),
})

const openEntities = async (
  pages: LiveQueries['pages'],
  caller: Principal,
  { query, keys }: Extract<QueryRequest, { kind: 'entity-data' }>,
  { deliver }: FeedMember,
): ReturnType<QueryFeeds['open']> => {
  const { page, release } = await pages.open(caller, { query: withKeys(query, keys), keys })
  const whole = (): Change => ({ kind: 'entity-data', page: page.snapshot(), changed: [] })
  const ofPage = {
    deliver: ({ entityId, latest }: EntityChange) => {
      if (latest) deliver({ kind: 'entity-data', page: null, changed: [{ entityId, latest }] })
    },
    moved: () => deliver(whole()),
  }
  page.join(ofPage)
  return {
    state: whole(),
    release: () => {
      page.leave(ofPage)
      release()
    },
  }
}

const openAlarms = async (
  alarms: LiveQueries['alarms'],
  caller: Principal,
  { query }: Extract<QueryRequest, { kind: 'alarms' }>,
  { deliver }: FeedMember,
): ReturnType<QueryFeeds['open']> => {
  let totalEntities = 0
  const whole = (state: AlarmPageState): Change => {
    totalEntities = state.totalEntities
    return { kind: 'alarms', page: state.page, totalEntities, changed: [] }
  }
  const { state, release } = await alarms.open(caller, query, {
    moved: (fresh) => deliver(whole(fresh)),
    changed: (rows) => deliver({ kind: 'alarms', page: null, totalEntities, changed: [...rows] }),
  })
  return { state: whole(state), release }
}
