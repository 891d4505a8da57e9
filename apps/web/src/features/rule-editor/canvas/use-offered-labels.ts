'use client'
import { useMemo } from 'react'
import { useWayNames } from '../panels/use-way-names.ts'
import { useDocument } from '../store/use-editor.ts'
import { type OfferedLabels, offeredLabels } from './labels.ts'

const nothing: OfferedLabels = { labels: [], free: [], isFree: false }

/** Labels for a wire from a node, with those that stand outside of the chain once they are known. */
export const useOfferedLabels = (from: string, except: string | null = null): OfferedLabels => {
  const document = useDocument()
  const node = document.nodes[from]
  const called = useWayNames(node)
  return useMemo(
    () => (node ? offeredLabels(document, node, { called, except }) : nothing),
    [document, node, called, except],
  )
}
