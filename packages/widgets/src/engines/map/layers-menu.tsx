'use client'
import { IconButton, Menu, MenuCheck, MenuLabel, MenuRadio } from '@thingwire/ui'
import { Layers } from 'lucide-react'
import { useWords } from '../../texts/use-texts.ts'
import type { TileGround } from './use-tile-ground.ts'
import { mapWords } from './words.ts'

/** What the ground is, and which groups of layers are seen. */
export const LayersMenu = (p: {
  /** Null: the map has a ground of its own. */
  tiles: TileGround | null
  groups: readonly string[]
  hidden: ReadonlySet<string>
  onGroup: (group: string, isShown: boolean) => void
}) => {
  const words = useWords('map', mapWords)
  const { tiles } = p
  return (
    <Menu
      trigger={
        <IconButton label={words('layers')} size="icon-sm" variant="secondary">
          <Layers />
        </IconButton>
      }
    >
      {tiles && tiles.grounds.length > 0 ? (
        <>
          <MenuLabel>{words('ground')}</MenuLabel>
          <MenuRadio
            value={tiles.chosen}
            onChange={tiles.choose}
            options={[
              ...tiles.grounds.map(({ id, name }) => ({ value: id, label: name })),
              { value: '', label: words('outlines') },
            ]}
          />
        </>
      ) : null}
      {tiles && tiles.overlays.length > 0 ? (
        <>
          <MenuLabel>{words('over')}</MenuLabel>
          {tiles.overlays.map(({ id, name }) => (
            <MenuCheck key={id} checked={tiles.isOver(id)} onChange={(isShown) => tiles.setOver(id, isShown)}>
              {name}
            </MenuCheck>
          ))}
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
