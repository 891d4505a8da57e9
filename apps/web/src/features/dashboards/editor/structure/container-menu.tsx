'use client'
import { IconButton, Menu, MenuItem, MenuLabel } from '@thingwire/ui'
import { Group } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useSelectionGrid } from '../canvas/use-selection-grid.ts'
import { useSelection } from '../store/use-editor.ts'
import { containerKinds } from './new-container.ts'
import { useContainers } from './use-containers.ts'

/** Puts the selected widgets into a new container; an empty one where nothing is selected. */
export const ContainerMenu = () => {
  const t = useTranslations('dashboardStructure')
  const selection = useSelection()
  const { at } = useSelectionGrid()
  const containers = useContainers()
  const wraps = selection.length > 0
  const label = t(wraps ? 'putIntoNew' : 'addContainer')
  return (
    <Menu
      align="start"
      trigger={
        <IconButton label={label} variant="secondary">
          <Group />
        </IconButton>
      }
    >
      <MenuLabel>{label}</MenuLabel>
      {containerKinds.map((kind) => (
        <MenuItem key={kind} onSelect={() => (wraps ? containers.wrap(kind, at, selection) : containers.add(kind, at))}>
          <Group />
          <span>
            {t(`container.${kind}`)} <span className="text-ink-3">– {t(`containerHint.${kind}`)}</span>
          </span>
        </MenuItem>
      ))}
    </Menu>
  )
}
