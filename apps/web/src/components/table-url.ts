'use client'
import type { PageLink } from '@thingwire/contracts'
import type { TableState } from '@thingwire/ui'
import { parseAsInteger, parseAsString, useQueryStates } from 'nuqs'
import { useCallback } from 'react'
import { formatSort, parseSort } from './table-sort.ts'

/** Page, size, search and order of a table, kept in the URL so that links and the back button work. */
export const useTableUrl = (defaultSort: string) => {
  const [url, setUrl] = useQueryStates(
    {
      page: parseAsInteger.withDefault(0),
      size: parseAsInteger.withDefault(20),
      q: parseAsString.withDefault(''),
      sort: parseAsString.withDefault(defaultSort),
    },
    { history: 'replace' },
  )
  const sort = parseSort(url.sort)
  const state: TableState = {
    page: Math.max(0, url.page),
    pageSize: Math.min(100, Math.max(1, url.size)),
    search: url.q,
    sort,
  }
  const onStateChange = useCallback(
    (change: Partial<TableState>) => {
      void setUrl({
        ...(change.page === undefined ? {} : { page: change.page || null }),
        ...(change.pageSize === undefined ? {} : { size: change.pageSize }),
        ...(change.search === undefined ? {} : { q: change.search || null }),
        ...(change.sort === undefined ? {} : { sort: change.sort ? formatSort(change.sort) : null }),
      })
    },
    [setUrl],
  )
  const link: PageLink = {
    page: state.page,
    pageSize: state.pageSize,
    textSearch: state.search || undefined,
    ...(sort ? { sortProperty: sort.id, sortOrder: sort.desc ? 'DESC' : 'ASC' } : {}),
  }
  return { state, onStateChange, link }
}
