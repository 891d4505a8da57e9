'use client'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useCallback } from 'react'
import { type NodeTabId, nodeTabIds } from './node-tab-ids.ts'

/** Opens a part of the node panel; it stands in the URL. */
export const useNodeTab = (): ((tab: NodeTabId) => void) => {
  const [, setTab] = useQueryState('tab', parseAsStringLiteral(nodeTabIds).withOptions({ history: 'replace' }))
  return useCallback((tab) => void setTab(tab), [setTab])
}
