import { toast } from '@thingwire/ui'
import { getRuleChainMetadata, importRuleChain } from '@/api/rule-chains.ts'
import { arrange } from '../model/arrange.ts'
import { toData, toDocument } from '../model/document.ts'
import { move } from '../model/edits.ts'
import { inline, nest } from '../model/nest.ts'
import { inFile, type Place } from '../model/places.ts'
import { calledChain } from '../model/problems.ts'
import type { CanvasTools } from './actions.ts'
import { type Alignment, align, type Distribution, distribute } from './align.ts'
import type { Box } from './guides.ts'
import type { ViewActions } from './view-actions.ts'

const newId = () => crypto.randomUUID()
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : '')

/** Order on the canvas, and nodes that become a chain of their own. */
export const arrangeActions = ({ editor, say, t, popup }: CanvasTools, view: ViewActions) => {
  const selected = (): Map<string, Box> => {
    const { nodes, notes } = editor.get().selection
    return new Map(
      [...nodes, ...notes].flatMap((id) => {
        const box = view.boxOf(id)
        return box ? [[id, box] as const] : []
      }),
    )
  }
  const put = (places: ReadonlyMap<string, Place>) =>
    editor.edit('align', move(Object.fromEntries([...places].map(([id, place]) => [id, inFile(place)]))))

  return {
    align: (how: Alignment) => {
      const boxes = selected()
      if (boxes.size > 1) put(align(boxes, how))
    },
    distribute: (how: Distribution) => {
      const boxes = selected()
      if (boxes.size > 2) put(distribute(boxes, how))
    },
    /** What is selected, if that is more than one node; else everything. */
    arrange: async (all = false) => {
      if (editor.get().isReadOnly) return
      const { nodes } = editor.get().selection
      const isWhole = all || nodes.size < 2
      const edit = await arrange(editor.document, isWhole ? new Set() : nodes)
      editor.edit('arrange', edit)
      if (isWhole) requestAnimationFrame(view.fit)
      say(t('said.arranged'))
    },
    openNest: () => {
      if (editor.get().selection.nodes.size > 0 && !editor.get().isReadOnly) popup.set({ kind: 'nest' })
    },
    /** A chain of its own of what is selected; what is wrong, in words, or null when it was made. */
    nest: async (name: string): Promise<string | null> => {
      const { nodes, notes } = editor.get().selection
      const nested = nest(editor.document, { nodes, notes }, name, newId)
      if (!nested.ok) return t(`nest.refused.${nested.reason}`)
      try {
        const { ruleChain } = await importRuleChain({
          ruleChain: { name, type: 'CORE', firstRuleNodeId: null, root: false, debugMode: false, configuration: null },
          metadata: toData(nested.inner).metadata,
        })
        editor.edit('nest', nested.edit(ruleChain.id.id))
        view.goTo(nested.callId)
        return null
      } catch (error) {
        return reasonOf(error) || t('nest.failed')
      }
    },
    /** The nodes of the chain that a node calls, in its place. */
    inline: async (id: string) => {
      const node = editor.document.nodes[id]
      const called = node ? calledChain(node) : null
      if (called === null || editor.get().isReadOnly) return
      try {
        const metadata = await getRuleChainMetadata(called)
        const document = toDocument(
          { metadata: { ...metadata, firstNodeIndex: metadata.firstNodeIndex ?? null }, tests: [] },
          newId,
        )
        const inlined = inline(editor.document, id, document, newId)
        if (!inlined.ok) {
          toast.failed(t('inline.failed'), t(`inline.refused.${inlined.reason}`))
          return
        }
        editor.edit('inline', inlined.edit)
        editor.select({ nodes: new Set(inlined.nodes) })
        view.fitSelection()
      } catch (error) {
        toast.failed(t('inline.failed'), reasonOf(error))
      }
    },
  }
}
