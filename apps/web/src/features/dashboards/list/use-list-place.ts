'use client'
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useMemo } from 'react'

/** What the list shows: everything, what has a star, or what was deleted and can be brought back. */
export const listPlaces = ['all', 'starred', 'deleted'] as const
export type ListPlace = (typeof listPlaces)[number]
export const listViews = ['table', 'cards'] as const
export type ListView = (typeof listViews)[number]

/** Place, tags and form of the list, kept in the URL. */
export const useListPlace = () => {
  const [url, setUrl] = useQueryStates(
    {
      in: parseAsStringLiteral(listPlaces).withDefault('all'),
      // A tag may hold a comma.
      tag: parseAsArrayOf(parseAsString, ';').withDefault([]),
      view: parseAsStringLiteral(listViews).withDefault('table'),
      page: parseAsString,
      sort: parseAsString,
    },
    { history: 'replace' },
  )
  return useMemo(
    () => ({
      place: url.in,
      tags: url.tag,
      view: url.view,
      /** Tags are told apart within a place; another place begins without them. */
      setPlace: (place: ListPlace) => void setUrl({ in: place, tag: null, page: null, sort: null }),
      setTags: (tags: readonly string[]) =>
        void setUrl({
          tag: tags.length > 0 ? [...tags] : null,
          page: null,
          ...(url.in === 'deleted' ? { in: null } : {}),
        }),
      setView: (view: ListView) => void setUrl({ view }),
    }),
    [url.in, url.tag, url.view, setUrl],
  )
}
