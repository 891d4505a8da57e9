import { AppError } from '@thingwire/contracts'
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
export const createQueryFeeds = ({ pages, alarms, figures }: LiveQueries): QueryFeeds => ({
  open: (caller, request, member) => {
    switch (request.kind) {
      case 'entity-data':
        return openEntities(pages, caller, request, member)
      case 'alarms':
        return openAlarms(alarms, caller, request, member)
      case 'entity-count':
      case 'alarm-count':
        return openCount(figures, caller, request, member)
    }
  },
})

const openCount = async (
  figures: LiveQueries['figures'],
  caller: Principal,
  request: Extract<QueryRequest, { kind: 'entity-count' | 'alarm-count' }>,
  { deliver }: FeedMember,
): ReturnType<QueryFeeds['open']> => {
  const { kind } = request
  // As over REST: alarms are a tenant's.
  if (kind === 'alarm-count' && caller.authority === 'SYS_ADMIN') throw new AppError('PERMISSION_DENIED')
  const question =
    kind === 'entity-count'
      ? { kind: 'entities' as const, query: request.query }
      : { kind: 'alarms' as const, query: request.query }
  const { value, release } = await figures.open(caller, question, (count) => deliver({ kind, count }))
  return { state: { kind, count: value }, release }
}

const openEntities = async (
  pages: LiveQueries['pages'],
  caller: Principal,
  { query, keys, series }: Extract<QueryRequest, { kind: 'entity-data' }>,
  { deliver }: FeedMember,
): ReturnType<QueryFeeds['open']> => {
  const { page, release } = await pages.open(caller, { query: withKeys(query, keys), keys })
  const whole = (): Change => ({ kind: 'entity-data', page: page.snapshot(), changed: [] })
  const ofPage = {
    deliver: ({ entityId, latest, points }: EntityChange) => {
      if (latest) deliver({ kind: 'entity-data', page: null, changed: [{ entityId, latest }] })
      if (points) deliver({ kind: 'entity-data', page: null, changed: [], points: [{ entityId, points }] })
    },
    moved: () => deliver(whole()),
    missed: () => deliver({ kind: 'entity-data', page: null, changed: [], isMissing: true }),
  }
  page.join(ofPage)
  if (series && series.length > 0) page.wantSeries(ofPage, series)
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
