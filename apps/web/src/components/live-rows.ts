'use client'
import { useQueryClient } from '@tanstack/react-query'
import type { Page } from '@/api/entities.ts'
import { useLiveActive } from '@/live/use-active.ts'

/** Rows of a list become active and inactive as it happens. */
export const useLiveRows = <T extends { active: boolean }>(
  list: { queryKey: readonly unknown[]; rows: readonly T[] | undefined },
  idOf: (row: T) => string,
) => {
  const client = useQueryClient()
  useLiveActive((list.rows ?? []).map(idOf), (id, active) =>
    client.setQueryData<Page<T>>(list.queryKey, (known) =>
      known?.data.some((row) => idOf(row) === id && row.active !== active)
        ? { ...known, data: known.data.map((row) => (idOf(row) === id ? { ...row, active } : row)) }
        : known,
    ),
  )
}
