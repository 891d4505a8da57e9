'use client'
import type { EntityCountQuery, EntityId } from '@thingwire/contracts'
import { useEffect, useMemo, useState } from 'react'
import { namedQuery, namedIn } from '@/api/dashboards.ts'
import { canonical } from './canonical.ts'
import { useDashboardData } from './data-provider.tsx'

type Request = {
  query: EntityCountQuery
  page: { page: number; pageSize: number }
  sort: { key: string; isDescending: boolean }
}

type Found = { total: number; entities: readonly { id: EntityId; name: string }[] }

type FoundEntities =
  | { status: 'loading' }
  | { status: 'failed'; reason: string; retry: () => void }
  /** The same objects as long as they say the same. */
  | { status: 'ready'; found: Found }

/**
 * A page of the entities that a question finds, followed: one that is made, renamed or given away comes and goes by
 * itself. While another page is on its way the former stays. Null: nothing is asked.
 */
export const useFoundEntities = (request: Request | null): FoundEntities => {
  const { runtime } = useDashboardData()
  const asked = useMemo(() => (request ? canonical(request) : ''), [request])
  const [known, setKnown] = useState<{ asked: string; refused: string | null; found: Found | null } | null>(null)
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again
  useEffect(() => {
    if (!runtime || asked === '') return
    const { query, page, sort } = JSON.parse(asked) as Request
    const live = namedQuery(query, page, sort)
    const { pageLink } = live
    return runtime.subscribe(
      { kind: 'entity-data', query: { ...live, pageLink: { ...pageLink, dynamic: true } }, keys: [], series: [] },
      (change) => {
        if (change.kind === 'refused') setKnown({ asked, refused: change.message, found: null })
        if (change.kind !== 'entity-data' || !change.page) return
        const found = namedIn(change.page)
        setKnown((before) => {
          const isSame = before?.found && canonical(before.found) === canonical(found)
          return { asked, refused: null, found: isSame ? before.found : found }
        })
      },
    )
  }, [runtime, asked, attempt])
  const found = known?.found
  const refused = known?.asked === asked ? known.refused : null
  return useMemo(() => {
    if (refused !== null) return { status: 'failed', reason: refused, retry: () => setAttempt((n) => n + 1) }
    return found ? { status: 'ready', found } : { status: 'loading' }
  }, [refused, found])
}
