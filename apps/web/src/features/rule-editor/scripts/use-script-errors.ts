'use client'
import { isEqual } from '@thingwire/editing'
import { useEffect } from 'react'
import type { DocNode } from '../model/document.ts'
import type { ChainProblem } from '../model/problems.ts'
import type { EditorStore } from '../store/editor-store.ts'
import { useEditorStore } from '../store/use-editor.ts'
import type { NodeScriptProblem } from './node-script-problems.ts'
import { scriptOfClass } from './script-kinds.ts'
import { useProblemWords } from './use-problem-words.ts'

type ByNode = ReadonlyMap<string, readonly ChainProblem[]>
type Look = (node: DocNode) => readonly ChainProblem[]

const none: ByNode = new Map()
const found = new WeakMap<EditorStore, ByNode>()

/** What is wrong with the scripts of the open document, as far as it has been looked at. */
export const scriptProblemsIn = (store: EditorStore): ByNode => found.get(store) ?? none

/** After the page, and after edits in a row: nobody waits for it. */
const pauseMs = 400

/** Its code is large: it comes when the page has nothing else to do, and soon where a browser cannot tell. */
const idle = () =>
  new Promise<void>((done) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => done(), { timeout: 3_000 })
    else setTimeout(done, pauseMs)
  })

const hasScript = (node: DocNode) => scriptOfClass(node.className) !== null

/** Looks at all nodes with scripts again; those whose settings are the same objects as before are known. */
const lookAgain = (store: EditorStore, look: Look): void => {
  const before = scriptProblemsIn(store)
  const now = new Map<string, readonly ChainProblem[]>()
  for (const node of Object.values(store.document.nodes)) {
    if (!hasScript(node)) continue
    const problems = look(node)
    const known = before.get(node.id)
    if (problems.length > 0) now.set(node.id, known && isEqual(known, problems) ? known : problems)
  }
  if (now.size === before.size && [...now].every(([id, problems]) => before.get(id) === problems)) return
  found.set(store, now)
  // Nothing else is another, but whoever reads problems is to look again.
  store.set({})
}

const problemOf = (id: string, one: NodeScriptProblem, message: string): ChainProblem => ({
  severity: one.severity === 'error' ? 'error' : 'hint',
  code: 'script',
  nodeId: id,
  path: one.path,
  values: { message, line: String(one.line) },
})

const remembering = (
  read: (node: DocNode) => readonly NodeScriptProblem[],
  words: (one: NodeScriptProblem) => string,
): Look => {
  // By the settings, which copies of a node share with it.
  const known = new WeakMap<object, readonly NodeScriptProblem[]>()
  return (node) => {
    const { configuration } = node
    const key = typeof configuration === 'object' && configuration !== null ? configuration : null
    const problems = (key && known.get(key)) ?? read(node)
    if (key) known.set(key, problems)
    return problems.map((one) => problemOf(node.id, one, words(one)))
  }
}

/** Looks at the scripts of the open document whenever they change. Mounted once for an open chain. */
export const useScriptErrors = (): void => {
  const store = useEditorStore()
  const words = useProblemWords()
  useEffect(() => {
    let isGone = false
    let timer: ReturnType<typeof setTimeout> | null = null
    let nodes: object | null = null
    let look: Look | null = null
    const run = async () => {
      timer = null
      if (!look) {
        if (!Object.values(store.document.nodes).some(hasScript)) return
        await idle()
        const { nodeScriptProblems } = await import('./node-script-problems.ts')
        look ??= remembering(nodeScriptProblems, words)
      }
      if (!isGone) lookAgain(store, look)
    }
    const notice = () => {
      if (store.document.nodes === nodes) return
      nodes = store.document.nodes
      if (timer) clearTimeout(timer)
      timer = setTimeout(() => void run(), pauseMs)
    }
    notice()
    const leave = store.subscribe(notice)
    return () => {
      isGone = true
      if (timer) clearTimeout(timer)
      leave()
    }
  }, [store, words])
}
