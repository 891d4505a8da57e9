'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { findEntities } from '@/api/entities.ts'
import { useBoard, useStateScope, useWholeDocument } from '../board/board-context.ts'
import { askSeries } from '../data/ask-series.ts'
import { readDensity, sourcesOf } from './density.ts'
import type { TravelRange } from './travel-clock.ts'

const mostEntities = 12

/** How much came when, for the picture behind the handle; empty until it is known, or where nothing can be said. */
export const useDensity = (range: TravelRange): readonly number[] => {
  const document = useWholeDocument()
  const { filterValues: filters, picks } = useBoard()
  const { stack } = useStateScope()
  const source = useMemo(() => sourcesOf({ document, stack, filters, picks }), [document, stack, filters, picks])
  const query = useQuery({
    queryKey: ['board-density', source, range],
    queryFn: async ({ signal }) => {
      if (!source) return []
      const pageLink = { page: 0, pageSize: mostEntities }
      const { data } = await findEntities({ ...source.question, pageLink }, signal)
      return readDensity({ entityIds: data.map(({ entityId }) => entityId), keys: source.keys }, range, askSeries)
    },
    enabled: source !== null,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  return query.data ?? none
}
const none: readonly number[] = []
