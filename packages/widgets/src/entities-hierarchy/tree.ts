import type { NodeLook, TreeNode } from './node.ts'

/** Children of a node, as far as they are known. */
export type Branch = {
  status: 'loading' | 'ready'
  keys: readonly string[]
  nextPage: number | null
  problem: string | null
}

export type Tree = {
  roots: readonly string[]
  nodes: ReadonlyMap<string, { node: TreeNode; look: NodeLook }>
  branches: ReadonlyMap<string, Branch>
  open: ReadonlySet<string>
}

export const emptyTree: Tree = { roots: [], nodes: new Map(), branches: new Map(), open: new Set() }

export type TreeChange =
  | { type: 'roots'; entries: readonly (readonly [TreeNode, NodeLook])[] }
  | { type: 'loading'; key: string }
  | { type: 'children'; key: string; entries: readonly (readonly [TreeNode, NodeLook])[]; nextPage: number | null }
  | { type: 'failed'; key: string; problem: string }
  | { type: 'open'; key: string; isOpen: boolean }

/** Opened of itself: not so deep that one look at the board asks for everything. */
const deepestOpened = 4

const added = (tree: Tree, entries: readonly (readonly [TreeNode, NodeLook])[]): Pick<Tree, 'nodes' | 'open'> => {
  const nodes = new Map(tree.nodes)
  const open = new Set(tree.open)
  for (const [node, look] of entries) {
    // What was closed or opened by hand stays so when the entity comes again.
    if (!nodes.has(node.key) && look.isOpen && look.hasChildren && node.level <= deepestOpened) open.add(node.key)
    nodes.set(node.key, { node, look })
  }
  return { nodes, open }
}

const withBranch = (tree: Tree, key: string, branch: Branch): Tree => ({
  ...tree,
  branches: new Map(tree.branches).set(key, branch),
})

export const changeTree = (tree: Tree, change: TreeChange): Tree => {
  switch (change.type) {
    case 'roots':
      return { ...tree, ...added(tree, change.entries), roots: change.entries.map(([node]) => node.key) }
    case 'loading': {
      const before = tree.branches.get(change.key)
      return withBranch(tree, change.key, {
        status: 'loading',
        keys: before?.keys ?? [],
        nextPage: null,
        problem: null,
      })
    }
    case 'children': {
      const before = tree.branches.get(change.key)?.keys ?? []
      const keys = [...new Set([...before, ...change.entries.map(([node]) => node.key)])]
      return withBranch({ ...tree, ...added(tree, change.entries) }, change.key, {
        status: 'ready',
        keys,
        nextPage: change.nextPage,
        problem: null,
      })
    }
    case 'failed': {
      const before = tree.branches.get(change.key)
      return withBranch(tree, change.key, {
        status: 'ready',
        keys: before?.keys ?? [],
        nextPage: 0,
        problem: change.problem,
      })
    }
    case 'open': {
      const open = new Set(tree.open)
      if (change.isOpen) open.add(change.key)
      else open.delete(change.key)
      return { ...tree, open }
    }
  }
}

export type TreeRow =
  | { kind: 'node'; key: string; node: TreeNode; look: NodeLook; isOpen: boolean; canOpen: boolean; isLoading: boolean }
  | { kind: 'more'; key: string; parent: string; level: number; problem: string | null }

/** What is seen, from top to bottom. */
export const rowsOf = (tree: Tree): TreeRow[] => {
  const rows: TreeRow[] = []
  const walk = (keys: readonly string[]) => {
    for (const key of keys) {
      const entry = tree.nodes.get(key)
      if (!entry) continue
      const branch = tree.branches.get(key)
      const isKnownEmpty = branch?.status === 'ready' && branch.keys.length === 0 && branch.problem === null
      const canOpen = entry.look.hasChildren && !isKnownEmpty
      const isOpen = canOpen && tree.open.has(key)
      rows.push({ kind: 'node', key, ...entry, isOpen, canOpen, isLoading: isOpen && branch?.status === 'loading' })
      if (!isOpen) continue
      walk(branch?.keys ?? [])
      if (branch && (branch.nextPage !== null || branch.problem !== null)) {
        rows.push({
          kind: 'more',
          key: `${key} more`,
          parent: key,
          level: entry.node.level + 1,
          problem: branch.problem,
        })
      }
    }
  }
  walk(tree.roots)
  return rows
}

/**
 * Of what has been asked for: the nodes that a search finds, and those that lead to them. Branches that were never opened are
 * not known, and so not searched.
 */
export const foundRows = (tree: Tree, search: string): TreeRow[] => {
  const wanted = search.trim().toLowerCase()
  if (wanted === '') return rowsOf(tree)
  const walk = (keys: readonly string[], above: ReadonlySet<string>): TreeRow[] =>
    keys.flatMap((key) => {
      const entry = tree.nodes.get(key)
      // Relations may lead back to where they came from.
      if (!entry || above.has(key)) return []
      const below = walk(tree.branches.get(key)?.keys ?? [], new Set(above).add(key))
      if (below.length === 0 && !entry.look.text.toLowerCase().includes(wanted)) return []
      const hasBelow = below.length > 0
      return [{ kind: 'node', key, ...entry, isOpen: hasBelow, canOpen: hasBelow, isLoading: false }, ...below]
    })
  return walk(tree.roots, new Set())
}

/** Nodes that are open and have not been asked for their children. */
export const missingBranches = (tree: Tree): string[] =>
  rowsOf(tree).flatMap((row) => (row.kind === 'node' && row.isOpen && !tree.branches.has(row.key) ? [row.key] : []))
