'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { toast } from '@thingwire/ui'
import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { getRuleChainOutputUses, publishRuleChain, type RuleChainView } from '@/api/rule-chains.ts'
import { PublishButton, PublishDialog } from '../../drafts/publish.tsx'
import { useBottomPanel } from '../bottom-panel.tsx'
import type { ChainDocument } from '../model/document.ts'
import { isPublished } from '../store/editor-store.ts'
import { useSaving } from '../store/use-saving.ts'
import { useDocument, useEditor, useEditorStore } from '../store/use-editor.ts'
import { useErrorCount, useProblems } from '../store/use-problems.ts'
import { DifferenceView } from './difference-view.tsx'
import { lostOutputs } from './lost-outputs.ts'

/** Brings the draft to the running engine, after a look at what that changes. */
export const PublishChain = ({ chain }: { chain: RuleChainView }) => {
  const errors = useErrorCount()
  const nothing = useEditor(isPublished)
  const isConflict = useEditor(({ save }) => save.kind === 'conflict')
  const [, setPanel] = useBottomPanel()
  return (
    <PublishButton
      errors={errors}
      nothing={nothing}
      isConflict={isConflict}
      showProblems={() => void setPanel('problems')}
      dialog={(onClose) => <PublishChainDialog chain={chain} onClose={onClose} />}
    />
  )
}

const PublishChainDialog = ({ chain, onClose }: { chain: RuleChainView; onClose: () => void }) => {
  const t = useTranslations('chainVersions')
  const store = useEditorStore()
  const saving = useSaving()
  const client = useQueryClient()
  const document = useDocument()
  const published = useEditor((state) => state.published)
  return (
    <PublishDialog
      title={t('publishTitle', { name: chain.name })}
      text={t('publishText')}
      notePlaceholder={t('notePlaceholder')}
      saving={saving}
      draft={store.get}
      publish={(draft) => publishRuleChain(chain.id.id, draft)}
      done={() => {
        toast.done(t('published', { name: chain.name, version: store.get().version }))
        return client.invalidateQueries({ queryKey: ['rule-chain', chain.id.id, 'versions'] })
      }}
      onClose={onClose}
    >
      <Warnings chain={chain} before={published} after={document} />
      <DifferenceView before={published} after={document} />
    </PublishDialog>
  )
}

/** What publishing would break, here and in chains that call this one. */
const Warnings = (p: { chain: RuleChainView; before: ChainDocument; after: ChainDocument }) => {
  const t = useTranslations('chainVersions')
  const { counts } = useProblems()
  const id = p.chain.id.id
  const uses = useQuery({
    queryKey: ['rule-chain', id, 'output-uses'],
    queryFn: ({ signal }) => getRuleChainOutputUses(id, signal),
  })
  const lost = lostOutputs(p.before, p.after)
  const callers = (uses.data ?? []).flatMap(({ ruleChainName, ruleNodeName, labels }) => {
    const gone = labels.filter((label) => lost.includes(label))
    return gone.length > 0 ? [{ ruleChainName, ruleNodeName, gone }] : []
  })
  const lines = [
    ...(counts.warning > 0 ? [t('warnings', { count: counts.warning })] : []),
    ...callers.map(({ ruleChainName, ruleNodeName, gone }) =>
      t('labelLost', { chain: ruleChainName, node: ruleNodeName, labels: gone.join(', ') }),
    ),
  ]
  if (lines.length === 0) return null
  return (
    <ul className="grid gap-1.5 rounded-md bg-warn-soft p-3 text-sm text-warn-text">
      {lines.map((line) => (
        <li key={line} className="flex gap-2">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {line}
        </li>
      ))}
    </ul>
  )
}
