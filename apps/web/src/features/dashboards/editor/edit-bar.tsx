'use client'
import {
  type Alignment,
  alignments,
  alignWidgets,
  type Command,
  distributeWidgets,
  duplicateWidgets,
  gridAt,
  isLocked,
  layerWidgets,
  lockWidgets,
  onOwnGrid,
  type Placement,
  placementOf,
  placesOf,
  removeWidgets,
  sameSize,
  setPlacement,
} from '@thingwire/dashboards/edit'
import { Button, IconButton, Menu, MenuItem, MenuSeparator, Segmented } from '@thingwire/ui'
import {
  AlignHorizontalDistributeCenter,
  AlignHorizontalJustifyStart,
  BringToFront,
  CopyPlus,
  Lock,
  LockOpen,
  Plus,
  SendToBack,
  SquareDashedMousePointer,
  Trash2,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useBoard } from '../board/board-context.ts'
import { phoneWidth } from '../board/layout/arrange.ts'
import { useWindowWidth } from '../board/use-window-width.ts'
import { readWindowLimits } from '../board/window/window-limits.ts'
import { WindowPicker } from '../board/window/window-picker.tsx'
import { useEditedGrid } from './canvas/use-edited-grid.ts'
import { useSelectionGrid } from './canvas/use-selection-grid.ts'
import { Steps } from './steps.tsx'
import { ContainerMenu } from './structure/container-menu.tsx'
import { ManageMenu } from './structure/manage-menu.tsx'
import { SizeChoice } from './structure/size-choice.tsx'
import { StateSwitch } from './structure/state-switch.tsx'
import { useConfiguration, useEditor, useEditorStore, useSelection } from './store/use-editor.ts'

const noLimits = readWindowLimits(null)

/** Below the header: what is added, and what is done with the widgets that are selected. */
export const EditBar = () => {
  const t = useTranslations('dashboardEditor')
  const store = useEditorStore()
  const side = useEditor((state) => state.side)
  const selection = useSelection()
  const isChoosing = useEditor((state) => state.isChoosing)
  const { window, setWindow, document } = useBoard()
  const isPhone = useWindowWidth() < phoneWidth
  return (
    <div
      role="toolbar"
      aria-label={t('bar')}
      className="tw-fading-x flex h-12 shrink-0 items-center gap-2 overflow-x-auto border-b px-3 [scrollbar-width:none] [&>*]:shrink-0"
    >
      <Button
        variant={side === 'add' ? 'primary' : 'secondary'}
        aria-pressed={side === 'add'}
        onClick={() => store.show(side === 'add' ? null : 'add')}
      >
        <Plus />
        {t('addWidget')}
      </Button>
      <Steps className="sm:hidden" />
      <ContainerMenu />
      <ChooseSeveral />
      <StateSwitch />
      <SizeChoice />
      <PlacementChoice />
      {selection.length > 0 && !isChoosing ? <SelectionTools ids={selection} /> : null}
      <div className="ml-auto flex items-center gap-2">
        <ManageMenu />
        <WindowPicker
          isPhone={isPhone}
          model={window}
          base={document.timeWindow}
          limits={noLimits}
          onChange={setWindow}
        />
      </div>
    </div>
  )
}

/** With a mouse and with keys several are selected without a mode of their own. */
const ChooseSeveral = () => {
  const t = useTranslations('dashboardEditor')
  const store = useEditorStore()
  const isChoosing = useEditor((state) => state.isChoosing)
  return (
    <IconButton
      label={t('chooseSeveral')}
      variant={isChoosing ? 'primary' : 'secondary'}
      aria-pressed={isChoosing}
      onClick={() => (isChoosing ? store.endChoosing() : store.choose(store.get().selection))}
      className="hidden pointer-coarse:inline-flex"
    >
      <SquareDashedMousePointer />
    </IconButton>
  )
}

const PlacementChoice = () => {
  const t = useTranslations('dashboardEditor')
  const store = useEditorStore()
  const at = useEditedGrid('main')
  const grid = gridAt(useConfiguration(), at)
  return (
    <Segmented<Placement>
      label={t('placement')}
      value={placementOf(grid)}
      onChange={(placement) => store.run(setPlacement(at, placement))}
      options={[
        { value: 'push', label: t('push') },
        { value: 'free', label: t('free') },
      ]}
      className="max-md:hidden"
    />
  )
}

const SelectionTools = ({ ids }: { ids: readonly string[] }) => {
  const t = useTranslations('dashboardEditor')
  const store = useEditorStore()
  const configuration = useConfiguration()
  const { at, placedAt } = useSelectionGrid()
  const place = (command: Command) => store.run(onOwnGrid(placedAt, command))
  const places = placesOf(gridAt(configuration, at))
  const areLocked = ids.every((id) => isLocked(places[id]))
  const isFree = placementOf(gridAt(configuration, at)) === 'free'
  const wordOf = (alignment: Alignment) => t(`align.${alignment}`)
  return (
    <>
      <span className="text-xs text-ink-3 tabular-nums">{t('selected', { count: ids.length })}</span>
      {ids.length > 1 ? (
        <Menu
          trigger={
            <IconButton label={t('arrange')}>
              <AlignHorizontalJustifyStart />
            </IconButton>
          }
        >
          {alignments.map((alignment) => (
            <MenuItem key={alignment} onSelect={() => place(alignWidgets(placedAt, ids, alignment))}>
              {wordOf(alignment)}
            </MenuItem>
          ))}
          <MenuSeparator />
          {(['width', 'height', 'both'] as const).map((which) => (
            <MenuItem key={which} onSelect={() => place(sameSize(placedAt, ids, which))}>
              {t(`same.${which}`)}
            </MenuItem>
          ))}
          <MenuSeparator />
          {(['horizontal', 'vertical'] as const).map((direction) => (
            <MenuItem
              key={direction}
              disabled={ids.length < 3}
              onSelect={() => place(distributeWidgets(placedAt, ids, direction))}
            >
              <AlignHorizontalDistributeCenter className={direction === 'vertical' ? 'rotate-90' : undefined} />
              {t(`distribute.${direction}`)}
            </MenuItem>
          ))}
        </Menu>
      ) : null}
      {isFree ? (
        <>
          <IconButton label={t('toFront')} onClick={() => place(layerWidgets(placedAt, ids, 'front'))}>
            <BringToFront />
          </IconButton>
          <IconButton label={t('toBack')} onClick={() => place(layerWidgets(placedAt, ids, 'back'))}>
            <SendToBack />
          </IconButton>
        </>
      ) : null}
      <IconButton
        label={t(areLocked ? 'unlock' : 'lock')}
        onClick={() => place(lockWidgets(placedAt, ids, !areLocked))}
      >
        {areLocked ? <LockOpen /> : <Lock />}
      </IconButton>
      <IconButton
        label={t('duplicate')}
        onClick={() => store.run(duplicateWidgets(at, ids, () => crypto.randomUUID()))}
      >
        <CopyPlus />
      </IconButton>
      <IconButton label={t('remove')} onClick={() => store.run(removeWidgets(at, ids))}>
        <Trash2 />
      </IconButton>
    </>
  )
}
