'use client'
import { IconButton, Menu, MenuCheck, MenuLabel, MenuRadio } from '@thingwire/ui'
import { Layers } from 'lucide-react'
import type { TileSource } from '../../host/host.ts'
import { useWords } from '../../texts/use-texts.ts'
import { mapWords } from './words.ts'

/** What the ground is, and which groups of layers are seen. */
export const LayersMenu = (p: {
  sources: readonly TileSource[]
  /** Id of a source; empty: outlines. */
  ground: string
  onGround: (id: string) => void
  groups: readonly string[]
  hidden: ReadonlySet<string>
  onGroup: (group: string, isShown: boolean) => void
}) => {
  const words = useWords('map', mapWords)
  return (
    <Menu
      trigger={
        <IconButton label={words('layers')} size="icon-sm" variant="secondary">
          <Layers />
        </IconButton>
      }
    >
      {p.sources.length > 0 ? (
        <>
          <MenuLabel>{words('ground')}</MenuLabel>
          <MenuRadio
            value={p.ground}
            onChange={p.onGround}
            options={[
              ...p.sources.map(({ id, name }) => ({ value: id, label: name })),
              { value: '', label: words('outlines') },
            ]}
          />
        </>
      ) : null}
      {p.groups.length > 0 ? (
        <>
          <MenuLabel>{words('groups')}</MenuLabel>
          {p.groups.map((group) => (
            <MenuCheck key={group} checked={!p.hidden.has(group)} onChange={(isShown) => p.onGroup(group, isShown)}>
              {group}
            </MenuCheck>
          ))}
        </>
      ) : null}
    </Menu>
  )
}
