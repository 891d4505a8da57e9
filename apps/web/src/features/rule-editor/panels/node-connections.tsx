'use client'
import { Badge, Button } from '@thingwire/ui'
import { ArrowRight, LogIn } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type DocNode, wireId } from '../model/document.ts'
import { setEntry } from '../model/edits.ts'
import { useEditor, useEditorStore } from '../store/use-editor.ts'

/** Where messages go from a node, each a step to there, and whether they enter the chain at it. */
export const NodeConnections = ({ node }: { node: DocNode }) => {
  const t = useTranslations('chainPanels.settings')
  const store = useEditorStore()
  const wires = useEditor(({ history }) => history.present.wires)
  const nodes = useEditor(({ history }) => history.present.nodes)
  const isEntry = useEditor(({ history }) => history.present.entry === node.id)
  const outgoing = Object.values(wires).filter(({ from }) => from === node.id)
  return (
    <div>
      <div className="flex min-h-7 items-center justify-between gap-2">
        <h4 className="text-xs font-medium text-ink-2">{t('connections')}</h4>
        {isEntry ? (
          <Badge tone="accent">{t('entry')}</Badge>
        ) : (
          <Button size="sm" variant="ghost" onClick={() => store.edit('entry', setEntry(node.id))}>
            <LogIn />
            {t('makeEntry')}
          </Button>
        )}
      </div>
      {outgoing.length === 0 ? (
        <p className="text-xs text-ink-3">{t('endsHere')}</p>
      ) : (
        <ul className="-mx-2">
          {outgoing.map(({ from, to, labels }) => (
            <li key={wireId(from, to)}>
              <button
                type="button"
                onClick={() => store.select({ nodes: new Set([to]) })}
                className="flex min-h-8 w-full items-center gap-2 rounded-md px-2 text-left text-sm hover:bg-hover pointer-coarse:min-h-10"
              >
                <span className="flex min-w-0 flex-wrap gap-1 py-1">
                  {labels.map((label) => (
                    <Badge key={label} tone={label === 'Failure' ? 'danger' : 'neutral'}>
                      {label}
                    </Badge>
                  ))}
                </span>
                <ArrowRight aria-hidden className="size-3.5 shrink-0 text-ink-3" />
                <span className="min-w-0 flex-1 truncate">{nodes[to]?.name ?? to}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
