'use client'
import { Button, Menu, MenuItem } from '@thingwire/ui'
import { Group, LayoutPanelTop, ListFilter, Settings2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEditorStore } from '../store/use-editor.ts'

const parts = [
  { kind: 'aliases', Icon: Group },
  { kind: 'filters', Icon: ListFilter },
  { kind: 'states', Icon: LayoutPanelTop },
  { kind: 'settings', Icon: Settings2 },
] as const

/** Leads to what belongs to the dashboard as a whole. */
export const ManageMenu = () => {
  const t = useTranslations('dashboardStructure')
  const managers = useTranslations('dashboardManagers')
  const store = useEditorStore()
  return (
    <Menu
      align="start"
      trigger={
        <Button>
          <Settings2 />
          {t('manage')}
        </Button>
      }
    >
      {parts.map(({ kind, Icon }) => (
        <MenuItem key={kind} onSelect={() => store.manage(kind)}>
          <Icon />
          {managers(kind)}
        </MenuItem>
      ))}
    </Menu>
  )
}
