'use client'
import { readContainer, sectionStates } from '@thingwire/dashboards'
import {
  alignments,
  allGrids,
  alignWidgets,
  type Command,
  compactGrid,
  distributeWidgets,
  duplicateWidgets,
  gridAt,
  hideAtBreakpoint,
  insertRows,
  isLocked,
  isShared,
  type LayoutAddress,
  layerWidgets,
  lockWidgets,
  onOwnGrid,
  placementOf,
  placesOf,
  putIntoSection,
  removeRows,
  removeWidgets,
  replaceWithCopy,
  takeOutOfSection,
  titleOfWidget,
  widgetOf,
} from '@thingwire/dashboards/edit'
import { MenuAt, MenuItem, MenuLabel, MenuSeparator } from '@thingwire/ui'
import {
  AlignHorizontalJustifyStart,
  BringToFront,
  ClipboardPaste,
  Copy,
  CopyCheck,
  CopyPlus,
  EyeOff,
  FoldVertical,
  Group,
  LayoutPanelTop,
  Link2,
  Lock,
  LockOpen,
  LogOut,
  PencilLine,
  Plus,
  Rows3,
  Scissors,
  SendToBack,
  Settings2,
  SquareDashedMousePointer,
  Trash2,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { containerKinds } from '../structure/new-container.ts'
import { useContainers } from '../structure/use-containers.ts'
import { useConfiguration, useEditorStore, useSelection } from '../store/use-editor.ts'
import { ToStateDialog } from './to-state-dialog.tsx'
import type { GridClipboard } from './use-clipboard.ts'
import type { OpenMenu } from './use-context-menu.ts'

type Props = {
  menu: OpenMenu
  at: LayoutAddress
  placedAt: LayoutAddress
  /** Where it was opened, in cells. */
  cell: { col: number; row: number }
  clipboard: GridClipboard
  selectAll: () => void
  onClose: () => void
  onClosed: () => void
}

/** What can be done with what was pressed: with the selected widgets, or with the grid at that place. */
export const GridMenu = (p: Props) => {
  const t = useTranslations('dashboardEditor')
  const [toState, setToState] = useState<readonly string[] | null>(null)
  const selection = useSelection()
  if (toState) return <ToStateDialog at={p.at} ids={toState} onClose={p.onClose} />
  const isOnWidgets = p.menu.widgetId !== null && selection.length > 0
  return (
    <MenuAt
      at={p.menu}
      label={t(isOnWidgets ? 'menuOfWidgets' : 'menuOfGrid')}
      onClose={p.onClose}
      onClosed={p.onClosed}
    >
      {isOnWidgets ? <WidgetItems {...p} ids={selection} toState={setToState} /> : <GridItems {...p} />}
    </MenuAt>
  )
}

const newId = () => crypto.randomUUID()
const mostSections = 8

/** Sections of containers in the same dashboard that these widgets could go into. */
const useTargets = (at: LayoutAddress, ids: readonly string[]) => {
  const configuration = useConfiguration()
  const sections = sectionStates(configuration)
  return {
    own: sections.get(at.stateId),
    others: [...sections]
      .filter(([stateId, { widgetId }]) => stateId !== at.stateId && !ids.includes(widgetId))
      .map(([, section]) => section)
      .filter(({ widgetId }) => placesOf(gridAt(configuration, { ...at, breakpoint: null }))[widgetId] !== undefined)
      .slice(0, mostSections),
  }
}

const WidgetItems = (p: Props & { ids: readonly string[]; toState: (ids: readonly string[]) => void }) => {
  const t = useTranslations('dashboardEditor')
  const s = useTranslations('dashboardStructure')
  const store = useEditorStore()
  const configuration = useConfiguration()
  const containers = useContainers()
  const { at, placedAt, ids } = p
  const [only, ...more] = ids
  const isOne = only !== undefined && more.length === 0
  const grid = gridAt(configuration, at)
  const areLocked = ids.every((id) => isLocked(placesOf(grid)[id]))
  const targets = useTargets(at, ids)
  const run = (command: Command) => () => store.run(command)
  const place = (command: Command) => () => store.run(onOwnGrid(placedAt, command))
  const titleOf = ({ widgetId, sectionId }: { widgetId: string; sectionId: string }) => {
    const widget = widgetOf(configuration, widgetId)
    const section = sectionTitle(widget, sectionId)
    return [titleOfWidget(widget), section].filter((text) => text !== '').join(' › ')
  }
  return (
    <>
      {isOne ? (
        <MenuItem shortcut="Enter" onSelect={() => store.set({ side: 'widget', selection: [only] })}>
          <PencilLine />
          {t('edit')}
        </MenuItem>
      ) : null}
      {p.menu.isTouched ? (
        <MenuItem onSelect={() => store.choose(ids)}>
          <SquareDashedMousePointer />
          {t('chooseMore')}
        </MenuItem>
      ) : null}
      <MenuItem shortcut="Ctrl D" onSelect={run(duplicateWidgets(at, ids, newId))}>
        <CopyPlus />
        {t('duplicate')}
      </MenuItem>
      <MenuItem shortcut="Ctrl C" onSelect={() => p.clipboard.copy('copy')}>
        <Copy />
        {t('copyWidgets')}
      </MenuItem>
      <MenuItem shortcut="Ctrl X" onSelect={() => p.clipboard.copy('cut')}>
        <Scissors />
        {t('cut')}
      </MenuItem>
      {isOne && isShared(configuration, at, only) ? (
        <MenuItem onSelect={run(replaceWithCopy(at, only, newId))}>
          <CopyCheck />
          {t('replaceWithCopy')}
        </MenuItem>
      ) : null}
      <MenuItem
        onSelect={(event) => {
          // The dialog takes the place of the menu; a menu that closes would take it along.
          event.preventDefault()
          p.toState(ids)
        }}
      >
        <LayoutPanelTop />
        {s('toState')}
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>{s('putIntoContainer')}</MenuLabel>
      {containerKinds.map((kind) => (
        <MenuItem key={kind} onSelect={() => containers.wrap(kind, at, ids)}>
          <Group />
          {s(`newContainer.${kind}`)}
        </MenuItem>
      ))}
      {targets.others.map((target) => (
        <MenuItem key={target.sectionId} onSelect={run(putIntoSection(target.widgetId, target.sectionId, at, ids))}>
          <Group />
          <span className="max-w-56 truncate">{titleOf(target)}</span>
        </MenuItem>
      ))}
      {targets.own ? <TakeOut at={at} ids={ids} own={targets.own} /> : null}
      <MenuSeparator />
      {more.length > 0 ? (
        <>
          {alignments.map((alignment) => (
            <MenuItem key={alignment} onSelect={place(alignWidgets(placedAt, ids, alignment))}>
              <AlignHorizontalJustifyStart />
              {t(`align.${alignment}`)}
            </MenuItem>
          ))}
          {(['horizontal', 'vertical'] as const).map((direction) => (
            <MenuItem
              key={direction}
              disabled={ids.length < 3}
              onSelect={place(distributeWidgets(placedAt, ids, direction))}
            >
              <Rows3 className={direction === 'horizontal' ? 'rotate-90' : undefined} />
              {t(`distribute.${direction}`)}
            </MenuItem>
          ))}
          <MenuSeparator />
        </>
      ) : null}
      {placementOf(grid) === 'free' ? (
        <>
          <MenuItem onSelect={place(layerWidgets(placedAt, ids, 'front'))}>
            <BringToFront />
            {t('toFront')}
          </MenuItem>
          <MenuItem shortcut="]" onSelect={place(layerWidgets(placedAt, ids, 'forward'))}>
            <BringToFront />
            {t('forward')}
          </MenuItem>
          <MenuItem shortcut="[" onSelect={place(layerWidgets(placedAt, ids, 'backward'))}>
            <SendToBack />
            {t('backward')}
          </MenuItem>
          <MenuItem onSelect={place(layerWidgets(placedAt, ids, 'back'))}>
            <SendToBack />
            {t('toBack')}
          </MenuItem>
          <MenuSeparator />
        </>
      ) : null}
      <MenuItem onSelect={place(lockWidgets(placedAt, ids, !areLocked))}>
        {areLocked ? <LockOpen /> : <Lock />}
        {t(areLocked ? 'unlock' : 'lock')}
      </MenuItem>
      {placedAt.breakpoint !== null ? (
        <MenuItem onSelect={place(hideAtBreakpoint(placedAt, ids))}>
          <EyeOff />
          {s('notHere')}
        </MenuItem>
      ) : null}
      <MenuItem danger shortcut="Del" onSelect={run(removeWidgets(at, ids))}>
        <Trash2 />
        {t('remove')}
      </MenuItem>
    </>
  )
}

const sectionTitle = (widget: ReturnType<typeof widgetOf>, sectionId: string): string => {
  const container = widget && readContainer(widget)
  return container?.sections.find(({ id }) => id === sectionId)?.title ?? ''
}

/** The layout that a widget stands in. */
const placeOf = (configuration: ReturnType<typeof useConfiguration>, id: string): LayoutAddress | undefined =>
  allGrids(configuration).find((at) => Object.hasOwn(placesOf(gridAt(configuration, at)), id))

/** Out to where the container stands, below what is there. */
const TakeOut = (p: { at: LayoutAddress; ids: readonly string[]; own: { widgetId: string; sectionId: string } }) => {
  const s = useTranslations('dashboardStructure')
  const store = useEditorStore()
  const configuration = useConfiguration()
  const around = placeOf(configuration, p.own.widgetId)
  if (!around) return null
  return (
    <MenuItem onSelect={() => store.run(takeOutOfSection(p.own.widgetId, p.own.sectionId, p.ids, around))}>
      <LogOut />
      {s('takeOut')}
    </MenuItem>
  )
}

const GridItems = ({ at, placedAt, cell, clipboard, selectAll }: Props) => {
  const t = useTranslations('dashboardEditor')
  const s = useTranslations('dashboardStructure')
  const m = useTranslations('dashboardManagers')
  const store = useEditorStore()
  const containers = useContainers()
  const place = (command: Command) => () => store.run(onOwnGrid(placedAt, command))
  return (
    <>
      <MenuItem onSelect={() => store.set({ side: 'add', addAt: { at, place: cell } })}>
        <Plus />
        {t('addWidgetHere')}
      </MenuItem>
      {containerKinds.map((kind) => (
        <MenuItem key={kind} onSelect={() => containers.add(kind, at, cell)}>
          <Group />
          {s(`addContainerOf.${kind}`)}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem shortcut="Ctrl V" onSelect={() => clipboard.paste('copies', cell)}>
        <ClipboardPaste />
        {t('pasteHere')}
      </MenuItem>
      <MenuItem shortcut="Ctrl I" onSelect={() => clipboard.paste('references', cell)}>
        <Link2 />
        {t('pasteReference')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem shortcut="Ctrl A" onSelect={selectAll}>
        <SquareDashedMousePointer />
        {t('selectAll')}
      </MenuItem>
      <MenuItem onSelect={place(insertRows(placedAt, cell.row, 1))}>
        <Rows3 />
        {t('insertRow')}
      </MenuItem>
      <MenuItem onSelect={place(removeRows(placedAt, cell.row, 1))}>
        <Rows3 />
        {t('removeRow')}
      </MenuItem>
      <MenuItem onSelect={place(compactGrid(placedAt))}>
        <FoldVertical />
        {t('closeGaps')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => store.manage('aliases')}>
        <Group />
        {m('aliases')}
      </MenuItem>
      <MenuItem onSelect={() => store.manage('settings')}>
        <Settings2 />
        {m('settings')}
      </MenuItem>
    </>
  )
}
