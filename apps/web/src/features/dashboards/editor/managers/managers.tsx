'use client'
import { Dialog } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import type { Manager } from '../store/editor-store.ts'
import { useEditor, useEditorStore } from '../store/use-editor.ts'
import { AliasManager } from './aliases/alias-manager.tsx'
import { FilterManager } from './filters/filter-manager.tsx'
import { SettingsManager } from './settings/settings-manager.tsx'
import { StateManager } from './states/state-manager.tsx'

const bodies = {
  aliases: AliasManager,
  filters: FilterManager,
  states: StateManager,
  settings: SettingsManager,
} as const

/** The dialog in which aliases, filters, states and settings are managed. Every change is a step of the draft. */
export const Managers = () => {
  const manager = useEditor((state) => state.manager)
  return manager ? <ManagerDialog manager={manager} /> : null
}

const ManagerDialog = ({ manager }: { manager: Manager }) => {
  const t = useTranslations('dashboardManagers')
  const common = useTranslations('common')
  const store = useEditorStore()
  const Body = bodies[manager.kind]
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && store.set({ manager: null })}
      title={t(manager.kind)}
      closeLabel={common('close')}
      className="sm:top-[6vh] sm:h-[88dvh] sm:max-w-4xl max-sm:h-[94dvh]"
    >
      <div className="-mx-5 -mb-5 flex h-[calc(100%+1.25rem)] min-h-0 flex-col border-t">
        <Body id={manager.id} choose={(id) => store.manage(manager.kind, id)} />
      </div>
    </Dialog>
  )
}
