'use client'
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import type { z } from 'zod'
import { useFunctionContext } from '../functions/function-context.ts'
import { useWidgetHost } from '../host/host-context.tsx'
import type { EntityRow } from '../host/host.ts'
import { createNodeFunctions } from './functions.ts'
import type { entitiesHierarchySettingsSchema } from './manifest.ts'
import { childNode, childrenQuery, keysOfRow, rootNode } from './node.ts'
import { changeTree, emptyTree, foundRows, missingBranches, type Tree, type TreeChange } from './tree.ts'

const none: readonly EntityRow[] = []

/** The tree under the roots; children are asked for when their node is opened. */
export const useTree = (
  roots: readonly EntityRow[] | null,
  settings: z.infer<typeof entitiesHierarchySettingsSchema>,
  search: string,
) => {
  const { entities, functions } = useWidgetHost()
  const [tree, change] = useReducer((before: Tree, next: TreeChange) => changeTree(before, next), emptyTree)
  const [problem, setProblem] = useState<string | null>(null)
  const context = useFunctionContext()
  const code = useMemo(
    () => createNodeFunctions(settings, { ...functions, context }, setProblem),
    [settings, functions, context],
  )
  const keys = useMemo(() => keysOfRow(roots?.[0]), [roots])
  // Answers that come when the widget is gone are for nobody.
  const life = useRef(new AbortController())
  useEffect(() => {
    life.current = new AbortController()
    const { current } = life
    return () => current.abort()
  }, [])

  useEffect(() => {
    let isOld = false
    const rows = roots ?? none
    void code.prepare(rows.map(rootNode), rows.length).then((entries) => {
      if (!isOld) change({ type: 'roots', entries })
    })
    return () => {
      isOld = true
    }
  }, [roots, code])

  const load = useCallback(
    async (key: string, page: number) => {
      const node = tree.nodes.get(key)?.node
      if (!node) return
      const { signal } = life.current
      change({ type: 'loading', key })
      try {
        const found = await entities.find(childrenQuery(node, await code.query(node), page, keys), signal)
        const entries = await code.prepare(
          found.data.map((one) => childNode(node, one)),
          found.data.length,
        )
        if (!signal.aborted) change({ type: 'children', key, entries, nextPage: found.hasNext ? page + 1 : null })
      } catch (cause) {
        if (!signal.aborted)
          change({ type: 'failed', key, problem: cause instanceof Error ? cause.message : String(cause) })
      }
    },
    [tree.nodes, entities, code, keys],
  )
  useEffect(() => {
    for (const key of missingBranches(tree)) void load(key, 0)
  }, [tree, load])

  return {
    rows: useMemo(() => foundRows(tree, search), [tree, search]),
    isReady: tree.roots.length > 0 || roots?.length === 0,
    problem,
    setOpen: (key: string, isOpen: boolean) => change({ type: 'open', key, isOpen }),
    loadMore: (key: string) => void load(key, tree.branches.get(key)?.nextPage ?? 0),
  }
}
