'use client'
import type { Use } from '@thingwire/dashboards/edit'
import { Button, Dialog } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useStateScope } from '../../board/board-context.ts'
import { useEditorStore } from '../store/use-editor.ts'

/** One line for each thing, however often it names what is looked for. */
const things = (uses: readonly Use[]): readonly Use[] => [
  ...new Map(uses.map((use) => [`${use.in} ${use.id}`, use])).values(),
]

/** Opens what uses something: a widget in the state where it stands, an alias or a filter in its manager. */
const useJump = () => {
  const store = useEditorStore()
  const scope = useStateScope()
  return ({ in: kind, id, states }: Use) => {
    if (kind === 'alias') return store.manage('aliases', id)
    if (kind === 'filter') return store.manage('filters', id)
    const [first] = states
    if (first && !states.some((one) => one.id === scope.state.id))
      scope.update({ stateId: first.id, entity: null, paramName: null })
    store.set({ manager: null, selection: [id], side: 'widget' })
  }
}

export const UseList = ({ uses }: { uses: readonly Use[] }) => {
  const t = useTranslations('dashboardManagers')
  const jump = useJump()
  const found = things(uses)
  return (
    <section aria-label={t('usedBy')} className="border-t pt-4">
      <h3 className="mb-1 text-xs font-medium text-ink-2">{t('usedBy')}</h3>
      {found.length === 0 ? <p className="text-sm text-ink-3">{t('unused')}</p> : null}
      <ul className="-mx-2">
        {found.map((use) => (
          <li key={`${use.in} ${use.id}`}>
            <button
              type="button"
              onClick={() => jump(use)}
              className="flex w-full items-baseline gap-2 rounded-md px-2 py-1 text-left text-sm hover:bg-hover pointer-coarse:py-2.5"
            >
              <span className="w-14 shrink-0 text-xs text-ink-3">{t(`in.${use.in}`)}</span>
              <span className="min-w-0 truncate">{use.title || t('untitled')}</span>
              <span className="ml-auto max-w-[40%] shrink-0 truncate text-xs text-ink-3">
                {use.states.map(({ name }) => name).join(', ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Asked before something goes that is used. */
export const RemoveUsed = (p: { name: string; uses: readonly Use[]; onRemove: () => void; onClose: () => void }) => {
  const t = useTranslations('dashboardManagers')
  const common = useTranslations('common')
  const found = things(p.uses)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && p.onClose()}
      title={t('removeTitle', { name: p.name || t('untitled') })}
      description={t('removeText', { count: found.length })}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={p.onClose}>{common('cancel')}</Button>
          <Button variant="danger" onClick={p.onRemove}>
            {t('removeAnyway')}
          </Button>
        </>
      }
    >
      <ul className="grid gap-1 text-sm">
        {found.slice(0, 12).map((use) => (
          <li key={`${use.in} ${use.id}`} className="truncate">
            {use.title || t('untitled')}
          </li>
        ))}
        {found.length > 12 ? <li className="text-ink-3">{t('andMore', { count: found.length - 12 })}</li> : null}
      </ul>
    </Dialog>
  )
}
